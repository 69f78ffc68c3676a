import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Hash, merkleRoot, toHex } from '@dujiang/core/crypto'
import { type Rounding, divideRounded } from '@dujiang/core/units'
import { type Book, type MarginalTier, type PeriodResult, clearBook, periodResult } from '../clearing/index.ts'
import type { Award, Result, UnitAwards } from './result-tables.ts'
import type { Notice, Order, UnitBook } from './tables.ts'

/** One live order and whose it is. */
type Live = {
  readonly unit: string
  readonly org: string
  readonly order: Order
  readonly award: Award
  readonly awardsWh: number[][]
  readonly verdicts: string[][]
}

/** One step in a period's book: which order, which of its steps, which of its columns. */
type StepRef = { readonly live: Live; readonly row: number; readonly column: number }

/** Clears every period of a session. A pure function of the notice and the books at the gate. */
export function clearSession(
  sha256: Hash,
  notice: Notice,
  books: readonly (readonly [unit: string, book: UnitBook])[],
): { result: Result; unitAwards: (readonly [unit: string, awards: UnitAwards])[] } {
  const live = liveOrders(books)
  const periods: PeriodResult[] = []
  for (const steps of stepsByPeriod(live, notice.periods)) periods.push(clearPeriod(notice, periods.length + 1, steps))
  const volumeWh = periods.reduce((sum, period) => sum + period.volumeWh, 0)
  const average = averagePrice(periods, volumeWh)
  return {
    result: {
      periods,
      volumeWh,
      ...(average === undefined ? {} : { averagePrice: average }),
      orders: live.length,
      units: books.length,
      bookRoot: toHex(
        merkleRoot(
          sha256,
          live.map(({ unit, order }) => encodeCanonicalBytes({ unit, ...order } as unknown as Json)),
        ),
      ),
    },
    unitAwards: awardsByUnit(books, live),
  }
}

function liveOrders(books: readonly (readonly [string, UnitBook])[]): Live[] {
  const live = books.flatMap(([unit, book]) =>
    book.orders.map((order): Live => {
      const awardsWh = order.volumesWh.map((row) => row.map(() => 0))
      const verdicts = order.volumesWh.map((row) => row.map(() => '-'))
      const award = { order: order.id, side: order.side, periods: order.periods, awardsWh, verdicts: [] }
      return { unit, org: book.org, order, award, awardsWh, verdicts }
    }),
  )
  return live.sort((a, b) => a.order.place - b.order.place)
}

function awardsByUnit(
  books: readonly (readonly [string, UnitBook])[],
  live: readonly Live[],
): (readonly [string, UnitAwards])[] {
  const byUnit = new Map<string, Award[]>(books.map(([unit]) => [unit, []]))
  for (const each of live) byUnit.get(each.unit)?.push(finishAward(each))
  return books.map(([unit, book]) => [unit, { org: book.org, awards: byUnit.get(unit) ?? [] }])
}

function finishAward({ award, verdicts }: Live): Award {
  return { ...award, verdicts: verdicts.map((row) => row.join('')) }
}

/** The steps of every period, in order of place. */
function stepsByPeriod(live: readonly Live[], periods: number): { sell: StepRef[]; buy: StepRef[] }[] {
  const books = Array.from({ length: periods }, () => ({ sell: [] as StepRef[], buy: [] as StepRef[] }))
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

function clearPeriod(notice: Notice, period: number, steps: { sell: StepRef[]; buy: StepRef[] }): PeriodResult {
  const priceOf = ({ live, row, column }: StepRef): number => live.order.prices[row]?.[column] as number
  const volumeOf = ({ live, row, column }: StepRef): number => live.order.volumesWh[row]?.[column] as number
  const book: Book = {
    supplyPrice: Float64Array.from(steps.sell, priceOf),
    supplyQty: Float64Array.from(steps.sell, volumeOf),
    demandPrice: Float64Array.from(steps.buy, priceOf),
    demandQty: Float64Array.from(steps.buy, volumeOf),
    lot: notice.lotWh,
    tick: notice.tick,
    priceRule: notice.priceRule,
    ...(notice.kPpm === undefined ? {} : { kPpm: notice.kPpm }),
    tieRule: notice.tieRule,
    floor: notice.priceFloor,
    cap: notice.priceCap,
  }
  const clearing = clearBook(book)
  const settle = (refs: StepRef[], awarded: Float64Array, tier: MarginalTier | null): void => {
    refs.forEach((ref, at) => {
      const awardWh = awarded[at] as number
      const { live, row, column } = ref
      ;(live.awardsWh[row] as number[])[column] = awardWh
      ;(live.verdicts[row] as string[])[column] = verdictOf(awardWh, volumeOf(ref), priceOf(ref), tier)
    })
  }
  settle(steps.sell, clearing.supplyAward, clearing.supplyTier)
  settle(steps.buy, clearing.demandAward, clearing.demandTier)
  return periodResult(period, clearing)
}

/** A step of the marginal tier that got nothing was cut, not out of the money. */
function verdictOf(awardWh: number, volumeWh: number, price: number, tier: MarginalTier | null): string {
  if (awardWh === volumeWh) return 'f'
  return tier !== null && price === tier.price ? 'c' : 'o'
}

function averagePrice(periods: readonly PeriodResult[], volumeWh: number): number | undefined {
  if (volumeWh === 0) return undefined
  let weighted = 0n
  for (const { price, volumeWh: volume } of periods) if (price !== undefined) weighted += BigInt(price) * BigInt(volume)
  const halves: Rounding = 'halfUp'
  return Number(divideRounded(weighted, BigInt(volumeWh), halves))
}
