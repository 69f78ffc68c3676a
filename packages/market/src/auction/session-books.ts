import type { Book } from '../clearing/index.ts'
import type { Notice, Order, UnitBook } from './tables.ts'

/** One live order and whose it is. */
export type Live = { readonly unit: string; readonly org: string; readonly order: Order }

/** One step in a period's book: which order, which of its steps, which of its columns. */
export type StepRef<L extends Live = Live> = { readonly live: L; readonly row: number; readonly column: number }

/** The steps of one period, in order of place. */
export type PeriodSteps<L extends Live = Live> = { readonly sell: StepRef<L>[]; readonly buy: StepRef<L>[] }

/** The books of a session's units, as rows of the state. */
export type UnitBooks = readonly (readonly [unit: string, book: UnitBook])[]

/** All live orders of a session, in order of place. */
export function liveOrders(books: UnitBooks): Live[] {
  const live = books.flatMap(([unit, { org, orders }]) => orders.map((order): Live => ({ unit, org, order })))
  return live.sort((a, b) => a.order.place - b.order.place)
}

/** The steps of every period, in order of place. */
export function stepsByPeriod<L extends Live>(live: readonly L[], periods: number): PeriodSteps<L>[] {
  const books = Array.from({ length: periods }, () => ({ sell: [] as StepRef<L>[], buy: [] as StepRef<L>[] }))
  for (const each of live) {
    each.order.volumesWh.forEach((volumes, row) => {
      volumes.forEach((volume, column) => {
        const period = each.order.periods[column] as number
        if (volume > 0) books[period - 1]?.[each.order.side].push({ live: each, row, column })
      })
    })
  }
  return books
}

/** What the clearing is given for one period. */
export function bookOf(notice: Notice, { sell, buy }: PeriodSteps): Book {
  return bookUnder(notice, {
    supplyPrice: Float64Array.from(sell, priceOf),
    supplyQty: Float64Array.from(sell, volumeOf),
    demandPrice: Float64Array.from(buy, priceOf),
    demandQty: Float64Array.from(buy, volumeOf),
  })
}

/** The steps of a book, as the clearing takes them: sellers and buyers in order of place. */
export type BookSides = Pick<Book, 'supplyPrice' | 'supplyQty' | 'demandPrice' | 'demandQty'>

/** Steps with the rules that a notice clears them by. */
export function bookUnder(notice: Notice, sides: BookSides): Book {
  return {
    ...sides,
    lot: notice.lotWh,
    tick: notice.tick,
    priceRule: notice.priceRule,
    ...(notice.kPpm === undefined ? {} : { kPpm: notice.kPpm }),
    tieRule: notice.tieRule,
    floor: notice.priceFloor,
    cap: notice.priceCap,
  }
}

export const priceOf = ({ live, row, column }: StepRef): number => live.order.prices[row]?.[column] as number
export const volumeOf = ({ live, row, column }: StepRef): number => live.order.volumesWh[row]?.[column] as number
