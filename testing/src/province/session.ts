import type { Bulletin, Result, Session, Tally } from '@dujiang/market'
import type { Json } from '@dujiang/core/codec'
import { batches, invitations } from '../batches.ts'
import type { Bid } from './bid.ts'
import { type Book, bookOf } from './book.ts'
import { type Answer, type Desk, sendAll, sendOne, sendRefused } from './desk.ts'
import { bidderOf, dispatcherOnDuty, exchangeFirst, exchangeSecond } from './members.ts'
import type { Month } from './months.ts'
import { noticeOf, sequenceName, sequenceOf, sessionOf } from './notice.ts'
import type { Errand } from './registry.ts'

/** What a spectator is told while a session goes on. */
export type News =
  | { readonly kind: 'announced'; readonly opensMs: number; readonly gateMs: number }
  | { readonly kind: 'invited'; readonly units: number }
  | { readonly kind: 'opened' }
  | { readonly kind: 'submitted'; readonly done: number; readonly of: number }
  | { readonly kind: 'replaced' | 'cancelled'; readonly unit: string }
  | { readonly kind: 'refused'; readonly attempt: Attempt; readonly unit?: string; readonly answer: Answer }
  | { readonly kind: 'closed' }
  | { readonly kind: 'cleared'; readonly afterMs: number }
  | { readonly kind: 'checked' | 'prepared' | 'published' }

/** What is tried for show, to be refused. */
export type Attempt = 'boundary' | 'overLimit' | 'late' | 'samePerson'

/** How a session went. */
export interface SessionReport {
  readonly month: Month
  readonly seed: string
  readonly session: Session
  readonly tally: Tally
  readonly result: Result
  /** From the gate to the moment the result could be read. */
  readonly gateToResultMs: number
  readonly published: Answer
}

export interface Pace {
  /** From the notice to the opening; the units are invited meanwhile. */
  readonly opensAfterMs: number
  /** From the opening to the gate. */
  readonly gateAfterMs: number
}

const BIDS_AT_ONCE = 12

/** Holds the session of a month, from the sequence to the published result; throws where it does not go as it should. */
export async function holdSession(
  desk: Desk,
  month: Month,
  pace: Pace,
  tell: (news: News) => void,
): Promise<SessionReport> {
  const book = bookOf(month)
  const session = sessionOf(month)
  const gateMs = await announce(desk, month, book, pace, tell)
  await bid(desk, session, book, tell)

  await desk.waitUntil(gateMs)
  tell({ kind: 'closed' })
  const { result: digest } = (await desk.rowWhen(
    `auction/session/${session}`,
    (row) => (row as unknown as Session).status === 'cleared',
  )) as unknown as Session
  const gateToResultMs = desk.nowMs() - gateMs
  tell({ kind: 'cleared', afterMs: gateToResultMs })
  const late = await sendRefused(desk, orderOf(session, book.late), 'gateClosed')
  tell({ kind: 'refused', attempt: 'late', unit: book.late.unit, answer: late })

  const published = await publish(desk, month, digest as string, tell)
  const read = async <Row>(table: string): Promise<Row> => (await desk.row(`auction/${table}/${session}`)) as Row
  return {
    month,
    seed: book.seed,
    session: await read<Session>('session'),
    tally: await read<Tally>('tally'),
    result: await read<Result>('result'),
    gateToResultMs,
    published,
  }
}

/** Opens the sequence of a month's session, where that has not been done. */
export async function openSequence(desk: Desk, month: Month): Promise<void> {
  const sequence = sequenceOf(month)
  if ((await desk.row(`auction/sequence/${sequence}`)) !== undefined) return
  const payload = { sequence, name: sequenceName(month) }
  await sendOne(desk, { by: exchangeFirst, act: 'auction.sequence.open', payload })
}

/** What the dispatcher says of a month's result. */
export const checkOf = (month: Month, result: string) => ({
  session: sessionOf(month),
  result,
  remark: '各断面均在限额内，无约束结果整体通过（示例）',
})

/** What the exchange publishes of a month's result. */
export const bulletinOf = (month: Month, result: string) => ({
  session: sessionOf(month),
  result,
  number: `川电交易〔${month.year}〕${sessionOf(month)}（示例）`,
  text: `${sequenceName(month)}已完成出清与安全校核，现予公告。价格均为虚构。`,
})

async function announce(desk: Desk, month: Month, book: Book, pace: Pace, tell: (news: News) => void): Promise<number> {
  const byExchange = (act: string, payload: object): Errand => ({ by: exchangeFirst, act, payload: payload as Json })
  await openSequence(desk, month)
  const opensMs = desk.nowMs() + pace.opensAfterMs
  const gateMs = opensMs + pace.gateAfterMs
  await sendOne(desk, byExchange('auction.session.announce', noticeOf(month, opensMs, gateMs)))
  tell({ kind: 'announced', opensMs, gateMs })

  const session = sessionOf(month)
  const invite = (units: readonly object[]): Errand => byExchange('auction.session.invite', { session, units })
  const answer = await sendRefused(desk, invite([book.boundary]), 'notProvincial')
  tell({ kind: 'refused', attempt: 'boundary', unit: book.boundary.unit, answer })
  const invited = [...book.limits].map(([unit, limitWh]) => ({ unit, limitWh }))
  await sendAll(desk, invitations(invited).map(invite))
  tell({ kind: 'invited', units: invited.length })
  await desk.waitUntil(opensMs)
  tell({ kind: 'opened' })
  return gateMs
}

async function bid(desk: Desk, session: string, book: Book, tell: (news: News) => void): Promise<void> {
  const answer = await sendRefused(desk, orderOf(session, book.overLimit), 'overLimit')
  tell({ kind: 'refused', attempt: 'overLimit', unit: book.overLimit.unit, answer })

  const orders = new Map<string, string>()
  for (const some of batches(book.bids, BIDS_AT_ONCE)) {
    const answers = await sendAll(
      desk,
      some.map((each) => orderOf(session, each)),
    )
    for (const [at, { unit }] of some.entries()) orders.set(unit, (answers[at] as Answer).id)
    tell({ kind: 'submitted', done: orders.size, of: book.bids.length })
  }

  for (const each of book.replacements) {
    const { by, payload } = orderOf(session, each)
    const replacing = { ...(payload as object), order: orders.get(each.unit) as string }
    await sendOne(desk, { by, act: 'auction.order.replace', payload: replacing })
    tell({ kind: 'replaced', unit: each.unit })
  }
  const unit = book.cancels
  const payload = { session, unit, order: orders.get(unit) as string }
  await sendOne(desk, { by: bidderOf(unit), act: 'auction.order.cancel', payload })
  tell({ kind: 'cancelled', unit })
}

async function publish(desk: Desk, month: Month, digest: string, tell: (news: News) => void): Promise<Answer> {
  const session = sessionOf(month)
  await sendOne(desk, { by: dispatcherOnDuty, act: 'auction.check.pass', payload: checkOf(month, digest) })
  tell({ kind: 'checked' })

  await sendOne(desk, { by: exchangeFirst, act: 'auction.bulletin.prepare', payload: bulletinOf(month, digest) })
  tell({ kind: 'prepared' })
  const read = (await desk.row(`auction/bulletin/${session}`)) as unknown as Bulletin
  const approve = { act: 'auction.bulletin.approve', payload: { session, result: digest, bulletin: read.digest } }
  const answer = await sendRefused(desk, { by: exchangeFirst, ...approve }, 'samePerson')
  tell({ kind: 'refused', attempt: 'samePerson', answer })
  const published = await sendOne(desk, { by: exchangeSecond, ...approve })
  tell({ kind: 'published' })
  return published
}

function orderOf(session: string, bid: Bid): Errand {
  return { by: bidderOf(bid.unit), act: 'auction.order.submit', payload: { session, ...bid } as unknown as Json }
}
