import type { Json } from '@dujiang/core/codec'
import { type Errand, type Signatory, biddingPlants, nodeOf, sendAll, units } from '@dujiang/testing/province'
import { noticeOf } from '../support/notice.ts'
import { ProvinceDesk } from '../support/province-desk.ts'
import type { SampleNetwork } from './sample-network.ts'

const MWH = 1_000_000

/** Clears while the nodes are watched; and another, which stays open. */
export const CLOSES = 'NETWORK-1'
export const STAYS_OPEN = 'NETWORK-2'

const clerk: Signatory = { org: 'SCPX', person: 'zhang' }

/** A power plant whose company runs a validator, and a buyer who goes to the node of the association. */
export const seller = units.find(
  ({ org, plant }) => org === 'DADUHE' && biddingPlants.some(({ id }) => id === plant),
) as (typeof units)[number]
export const buyer = units.find(({ side, org }) => side === 'buy' && nodeOf(org) === 'SCYH') as typeof seller

export interface Hours {
  readonly opensMs: number
  readonly gateMs: number
}

/** The clerk announces both sessions and invites the two units, at the exchange's own node. */
export async function announce(network: SampleNetwork, { opensMs, gateMs }: Hours): Promise<void> {
  const desk = new ProvinceDesk(network.clientOf('SCPX'), (by) => network.identity(by))
  const byClerk = (act: string, payload: Json): Errand => ({ by: clerk, act, payload })
  const limits = [seller, buyer].map(({ unit }) => ({ unit, limitWh: Array<number>(24).fill(1_000 * MWH) }))
  await sendAll(desk, [
    byClerk('auction.sequence.open', { sequence: 'NETWORK', name: '多节点测试序列' }),
    byClerk('auction.session.announce', notice(CLOSES, opensMs, gateMs)),
    byClerk('auction.session.invite', { session: CLOSES, units: limits }),
    byClerk('auction.session.announce', notice(STAYS_OPEN, opensMs, opensMs + 3_600_000)),
    byClerk('auction.session.invite', { session: STAYS_OPEN, units: limits }),
  ])
}

const notice = (session: string, opensMs: number, gateMs: number): Json =>
  noticeOf({
    session,
    sequence: 'NETWORK',
    name: `多节点测试场次 ${session}`,
    product: '多节点测试品种',
    opensMs,
    gateMs,
  })
