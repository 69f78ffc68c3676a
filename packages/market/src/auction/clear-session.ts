import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Hash, merkleRoot, toHex } from '@dujiang/core/crypto'
import { type Rounding, divideRounded } from '@dujiang/core/units'
import { type MarginalTier, type PeriodResult, clearBook, periodResult } from '../clearing/index.ts'
import type { Award, Result, UnitAwards } from './result-tables.ts'
import {
  type Live,
  type PeriodSteps,
  type StepRef,
  type UnitBooks,
  bookOf,
  liveOrders,
  priceOf,
  stepsByPeriod,
  volumeOf,
} from './session-books.ts'
import type { Notice } from './tables.ts'

/** A live order with what it is awarded, while that is filled in. */
type Awarded = Live & { readonly awardsWh: number[][]; readonly verdicts: string[][] }

type UnitRows = readonly (readonly [unit: string, awards: UnitAwards])[]

/** Clears every period of a session. A pure function of the notice and the books at the gate. */
export function clearSession(
  sha256: Hash,
  notice: Notice,
  books: UnitBooks,
): { readonly result: Result; readonly unitAwards: UnitRows } {
  const { result, unitAwards } = clearOrders(notice, books)
  const leaves = liveOrders(books).map(({ unit, order }) => encodeCanonicalBytes({ unit, ...order } as unknown as Json))
  return { result: { ...result, bookRoot: toHex(merkleRoot(sha256, leaves)) }, unitAwards }
}

/** The same without the root of the book, for what needs no proof. */
export function clearOrders(
  notice: Notice,
  books: UnitBooks,
): { readonly result: Omit<Result, 'bookRoot'>; readonly unitAwards: UnitRows } {
  const live = liveOrders(books).map((each): Awarded => {
    const { volumesWh } = each.order
    return {
      ...each,
      awardsWh: volumesWh.map((row) => row.map(() => 0)),
      verdicts: volumesWh.map((row) => row.map(() => '-')),
    }
  })
  const periods = stepsByPeriod(live, notice.periods).map((steps, at) => clearPeriod(notice, at + 1, steps))
  const volumeWh = periods.reduce((sum, period) => sum + period.volumeWh, 0)
  const average = averagePrice(periods, volumeWh)
  return {
    result: {
      periods,
      volumeWh,
      ...(average === undefined ? {} : { averagePrice: average }),
      orders: live.length,
      units: books.length,
    },
    unitAwards: awardsByUnit(books, live),
  }
}

function awardsByUnit(books: UnitBooks, live: readonly Awarded[]): UnitRows {
  const byUnit = new Map<string, Award[]>(books.map(([unit]) => [unit, []]))
  for (const each of live) byUnit.get(each.unit)?.push(awardOf(each))
  return books.map(([unit, book]) => [unit, { org: book.org, awards: byUnit.get(unit) ?? [] }])
}

function awardOf({ order, awardsWh, verdicts }: Awarded): Award {
  const { id, side, periods } = order
  return { order: id, side, periods, awardsWh, verdicts: verdicts.map((row) => row.join('')) }
}

function clearPeriod(notice: Notice, period: number, steps: PeriodSteps<Awarded>): PeriodResult {
  const clearing = clearBook(bookOf(notice, steps))
  const settle = (refs: readonly StepRef<Awarded>[], awarded: Float64Array, tier: MarginalTier | null): void => {
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
