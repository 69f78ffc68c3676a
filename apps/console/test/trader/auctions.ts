import { Client } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Session } from '@dujiang/market'
import { type Errand, type Signatory, biddingPlants, members, sendAll, units } from '@dujiang/testing/province'
import type { Demo } from '../support/demo.ts'
import { noticeOf } from '../support/notice.ts'

const MWH = 1_000_000
export const YUAN = 100_000
/** Closed when the trader comes: with a result in which the trader's second step was shared at the margin. */
export const PAST = 'BIDDING-1'
/** Open while the trader bids. */
export const NOW = 'BIDDING-2'
const LIMIT_WH = 1_000 * MWH

const TRADER = 'DADUHE'
export const clerk: Signatory = { org: 'SCPX', person: 'zhang' }
const sells = (org: string) =>
  units.find((each) => each.org === org && biddingPlants.some(({ id }) => id === each.plant))
/** The trader's unit, a rival's, a buyer's. */
export const trader = sells(TRADER) as (typeof units)[number]
export const rival = sells('HUADIAN') as typeof trader
const buyer = units.find(({ side }) => side === 'buy') as typeof trader

const bidderOf = ({ org }: { readonly org: string }): Signatory => ({
  org,
  person: members.find((member) => member.org === org)?.people[0] as string,
})

/** The ledger as this organisation may see it. */
export const viewedBy = (demo: Demo, unit: typeof trader): Client =>
  new Client({
    nodes: [demo.url],
    sha256: nodeCrypto.sha256,
    viewer: demo.identity(bidderOf(unit)),
    timing: demo.time,
  })

/** Enough for whoever is slow, and for the whole journey of a trader; for others it is let pass. */
const WHILE_MS = 3_000_000

/**
 * Holds one of two sessions of one product, and says when the gate of the other will come. In period 1 of the past one 150 MWh were
 * wanted at 350, 100 offered at 300, and at 320 the trader's 100 beside a rival's 50.
 */
export async function holdAuctions(demo: Demo): Promise<number> {
  const { desk, time } = demo
  const opensMs = time.nowMs() + WHILE_MS
  const pastGateMs = opensMs + WHILE_MS
  const nowGateMs = pastGateMs + WHILE_MS
  await announce(demo, [
    { session: PAST, opensMs, gateMs: pastGateMs },
    { session: NOW, opensMs, gateMs: nowGateMs },
  ])
  await time.passUntil(opensMs)
  await sendAll(desk, [
    orderOf(PAST, trader, [
      [300, 100],
      [320, 100],
    ]),
    orderOf(PAST, rival, [[320, 50]]),
    orderOf(PAST, buyer, [[350, 150]]),
    orderOf(NOW, buyer, [[350, 150]]),
  ])
  await time.passUntil(pastGateMs)
  await desk.rowWhen(`auction/session/${PAST}`, (row) => (row as unknown as Session).status === 'cleared')
  return nowGateMs
}

/** Steps of price and volume, in period 1 alone. */
const orderOf = (
  session: string,
  unit: typeof trader,
  steps: readonly (readonly [yuan: number, mwh: number])[],
): Errand => ({
  by: bidderOf(unit),
  act: 'auction.order.submit',
  payload: {
    session,
    unit: unit.unit,
    side: unit.side,
    periods: [1],
    prices: steps.map(([yuan]) => [yuan * YUAN]),
    volumesWh: steps.map(([, mwh]) => [mwh * MWH]),
  },
})

/** Announces sessions of one sequence, and invites the trader, its rival and a buyer. */
export async function announce(
  { client, desk }: Demo,
  sessions: readonly { readonly session: string; readonly opensMs: number; readonly gateMs: number }[],
): Promise<void> {
  const limits = [trader, rival, buyer].map(({ unit }) => ({ unit, limitWh: Array<number>(24).fill(LIMIT_WH) }))
  const byClerk = (act: string, payload: Json): Errand => ({ by: clerk, act, payload })
  if ((await client.row('auction/sequence/BIDDING')) === undefined)
    await sendAll(desk, [byClerk('auction.sequence.open', { sequence: 'BIDDING', name: '申报测试序列' })])
  await sendAll(
    desk,
    sessions.flatMap(({ session, opensMs, gateMs }) => [
      byClerk('auction.session.announce', notice(session, opensMs, gateMs)),
      byClerk('auction.session.invite', { session, units: limits }),
    ]),
  )
}

const notice = (session: string, opensMs: number, gateMs: number): Json =>
  noticeOf({ session, sequence: 'BIDDING', name: `申报测试场次 ${session}`, product: '申报测试品种', opensMs, gateMs })
