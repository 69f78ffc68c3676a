import { type StepShare, whyShare } from '../clearing/index.ts'
import { clearOrders } from './clear-session.ts'
import { type StepRef, type UnitBooks, bookOf, liveOrders, stepsByPeriod } from './session-books.ts'
import type { Notice, Order } from './tables.ts'

/** What one order would have been. */
export interface OtherOrder extends Pick<Order, 'side' | 'periods' | 'prices' | 'volumesWh'> {
  readonly unit: string
  readonly org: string
}

/** The id of an order that was never bid. */
export const WHAT_IF = 'whatIf'

/**
 * What a closed session would have come to had one order been another: `order` is left out, and `other` stands in its place in
 * time, or after all others where none is left out. Cleared by the ledger's own code from the books of the session's units,
 * which are open to everybody after the gate. The order it puts in has the id of the one left out, or `whatIf`.
 * Throws on an order that the notice does not allow (CLEAR-2): explain it before.
 */
export function whatIf(
  notice: Notice,
  books: UnitBooks,
  { order, other }: { readonly order?: string; readonly other?: OtherOrder },
): ReturnType<typeof clearOrders> {
  const all = liveOrders(books)
  const left = order === undefined ? undefined : all.find((each) => each.order.id === order)
  if (order !== undefined && left === undefined) throw new RangeError(`whatIf: no order ${order} stood at the gate`)
  const place = left?.order.place ?? (all.at(-1)?.order.place ?? 0) + 1
  const remaining = new Map(
    books.map(([unit, book]) => [unit, { ...book, orders: book.orders.filter((each) => each.id !== order) }]),
  )
  if (other !== undefined) {
    const { unit, org, ...rest } = other
    const orders = remaining.get(unit)?.orders ?? []
    remaining.set(unit, { org, orders: [...orders, { ...rest, id: order ?? WHAT_IF, place }] })
  }
  // As a unit that has cancelled its last order has no book.
  return clearOrders(
    notice,
    [...remaining].filter(([, { orders }]) => orders.length > 0),
  )
}

/** Why the steps of one order got what they got in one period: first to last. Throws where no such order stood at the gate. */
export function whyAward(
  notice: Notice,
  books: UnitBooks,
  { order, period }: { readonly order: string; readonly period: number },
): readonly (StepShare & { readonly step: number })[] {
  const live = liveOrders(books)
  const side = live.find((each) => each.order.id === order)?.order.side
  const steps = stepsByPeriod(live, notice.periods)[period - 1]
  if (side === undefined || steps === undefined) throw new RangeError(`whyAward: no order ${order} in period ${period}`)
  const book = bookOf(notice, steps)
  const shares = steps[side].flatMap(({ live: { order: each }, row }: StepRef, at) =>
    each.id === order ? [{ step: row + 1, ...whyShare(book, side === 'sell' ? 'supply' : 'demand', at) }] : [],
  )
  return shares.sort((a, b) => a.step - b.step)
}
