import { Client, isWithheld } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { PreparedChange, Session, UnitBook } from '@dujiang/market'
import {
  type Desk,
  type Month,
  type Pace,
  type SessionReport,
  type Signatory,
  holdSession,
  sendAll,
  sessionOf,
} from '@dujiang/testing/province'
import type { Demo } from '../support/demo.ts'
import { Gates } from './gates.ts'
import { bringRecordedDays } from './recorded-days.ts'
import { type End, Halted, shared, upTo } from './up-to.ts'

const HOUR_MS = 3_600_000
/** Time enough to invite, and to bid, on a slow machine; none of it is waited for. */
const SOON: Pace = { opensAfterMs: 1_200_000, gateAfterMs: 1_200_000 }
/** How many wait for their opening, and how many of them for their gate. */
const OPEN = 4
const CLOSE = 3

const months = {
  published: { year: 2026, month: 12 },
  drafted: { year: 2027, month: 1 },
  cleared: { year: 2027, month: 2 },
  open: { year: 2027, month: 3 },
  voided: { year: 2027, month: 4 },
  announced: { year: 2027, month: 6 },
} as const satisfies { readonly [state: string]: Month }

/** A session in each state, by the state. */
export const sessions = Object.fromEntries(
  Object.entries(months).map(([state, month]) => [state, sessionOf(month)]),
) as { readonly [state in keyof typeof months]: string }

/** Whose screens are shown: a trader with several plants. */
const trader: Signatory = { org: 'DADUHE', person: 'bidder' }
export const UNIT = 'S-pubugou'
const zhang: Signatory = { org: 'SCPX', person: 'zhang' }
const chen: Signatory = { org: 'SCPX', person: 'chen' }

/** What the addresses of pages need, once all of it has happened. */
export interface Facts {
  /** The trader's live order in the session that is open. */
  readonly order: string
  /** The trader's order in the session that was published. */
  readonly pastOrder: string
  /** An order above its limit. */
  readonly refused: string
  /** Of the receipt that published a result. */
  readonly publishedId: string
  readonly publishedHeight: number
}

/** A ledger with a session in each state, and days recorded elsewhere. */
export interface Scene {
  /** Opens what is to be open. Resolves when it has its orders. */
  bids(): Promise<void>
  /** Lets the gates come. Resolves when those sessions have come to what they come to. */
  results(): Promise<Facts>
}

export async function setScene(demo: Demo): Promise<Scene> {
  await bringRecordedDays(demo.client, demo.identity(zhang))
  const gates = new Gates(demo.time)
  const desk = shared(demo.desk, (timeMs) => gates.waitUntil(timeMs))
  const [open, published, ...rest] = [
    hold(desk, months.open, { ...SOON, gateAfterMs: 3 * HOUR_MS }, 'gate'),
    holdSession(desk, months.published, SOON, () => {}),
    hold(desk, months.drafted, SOON, 'auction.bulletin.approve'),
    hold(desk, months.cleared, SOON, 'auction.check.pass'),
  ] as const
  const apart = [voidSession(desk), waitForApproval(desk)]
  const all = [open, published, ...rest, ...apart]
  const ended = Promise.all(all)
  // Whoever waits for them is told; until then a failure is nobody's.
  for (const each of [...all, ended]) each.catch(() => {})
  const opened = once(async () => {
    // What is under way while time passes has expired then.
    await Promise.all(apart)
    await Promise.race([gates.pass(OPEN), ended])
    await open
  })
  const closed = once(async () => {
    await opened()
    await Promise.race([gates.pass(CLOSE), ended])
    await ended
    return factsOf(demo, await published)
  })
  return { bids: opened, results: closed }
}

/** What is asked for again has been done. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined
  return () => (done ??= work())
}

async function hold(desk: Desk, month: Month, pace: Pace, end: End): Promise<void> {
  await holdSession(upTo(desk, end), month, pace, () => {}).catch((cause: unknown) => {
    if (!(cause instanceof Halted)) throw cause
  })
}

/** Two days ahead, and void by two persons. */
async function voidSession(desk: Desk): Promise<void> {
  await hold(desk, months.voided, { opensAfterMs: 48 * HOUR_MS, gateAfterMs: 2 * HOUR_MS }, 'opening')
  const session = sessions.voided
  const prepared = { session, change: { kind: 'void' }, reason: '交割月份有误，另行公告' }
  await sendAll(desk, [{ by: zhang, act: 'auction.change.prepare', payload: prepared }])
  const { digest } = (await desk.row(`auction/prepared/${session}`)) as unknown as PreparedChange
  await sendAll(desk, [{ by: chen, act: 'auction.change.approve', payload: { session, change: digest } }])
}

/** Three days ahead, with a postponement that one person has prepared. */
async function waitForApproval(desk: Desk): Promise<void> {
  await hold(desk, months.announced, { opensAfterMs: 72 * HOUR_MS, gateAfterMs: 2 * HOUR_MS }, 'opening')
  const session = sessions.announced
  const row = (await desk.row(`auction/session/${session}`)) as unknown as Session
  const { opensMs, gateMs, deliveryFrom, deliveryTo } = row
  const change = { kind: 'postpone', opensMs, gateMs: gateMs + 24 * HOUR_MS, deliveryFrom, deliveryTo }
  const payload = { session, change, reason: '部分市场主体系统检修' }
  await sendAll(desk, [{ by: zhang, act: 'auction.change.prepare', payload }])
}

async function factsOf(demo: Demo, { published }: SessionReport): Promise<Facts> {
  const viewer = demo.identity(trader)
  const client = new Client({ nodes: [demo.url], sha256: nodeCrypto.sha256, viewer, timing: demo.time })
  const orderIn = async (session: string): Promise<string> => {
    const book = (await client.row(`auction/book/${session}/${UNIT}`)) as unknown as UnitBook
    return book.orders[0]?.id as string
  }
  return {
    order: await orderIn(sessions.open),
    pastOrder: await orderIn(sessions.published),
    refused: await refusedOrder(client),
    publishedId: published.id,
    publishedHeight: published.height,
  }
}

async function refusedOrder(client: Client): Promise<string> {
  for await (const listed of client.receipts()) {
    if (!isWithheld(listed) && listed.receipt.refusal?.name === 'overLimit') return listed.id
  }
  throw new Error('no order was above its limit')
}
