import fc from 'fast-check'
import { type Book, type Clearing, PRICE_RULES, TIE_RULES } from '../../src/clearing/index.ts'
import type { Expected } from './reference.ts'

/** How wild the numbers are: `few` prices make ties, `wide` ones reach the ends of what a book may hold. */
type Spread = { readonly low: number; readonly high: number; readonly lotsMax: number; readonly lotMax: number }
const FEW: Spread = { low: -2, high: 3, lotsMax: 5, lotMax: 3 }
const SOME: Spread = { low: -50, high: 50, lotsMax: 1000, lotMax: 7 }
const WIDE: Spread = { low: -(2 ** 51), high: 2 ** 51, lotsMax: 2 ** 48 - 1, lotMax: 1 }

function side(spread: Spread, lot: number) {
  const step = fc.tuple(fc.integer({ min: spread.low, max: spread.high }), fc.integer({ min: 1, max: spread.lotsMax }))
  return fc.array(step, { maxLength: 9 }).map((steps) => ({
    price: Float64Array.from(steps, ([price]) => price),
    qty: Float64Array.from(steps, ([, lots]) => lots * lot),
  }))
}

/** Small books with many ties, equal and missing steps, negative prices, inelastic steps at the limits, all rules. */
export const anyBook: fc.Arbitrary<Book> = fc
  .tuple(fc.constantFrom(FEW, FEW, SOME, WIDE), fc.boolean(), fc.boolean())
  .chain(([spread, hasFloor, hasCap]) =>
    fc
      .record({
        lot: fc.integer({ min: 1, max: spread.lotMax }),
        tick: fc.integer({ min: 1, max: 7 }),
        priceRule: fc.constantFrom(...PRICE_RULES),
        tieRule: fc.constantFrom(...TIE_RULES),
        kPpm: fc.oneof(fc.constantFrom(0, 500_000, 1_000_000), fc.integer({ min: 0, max: 1_000_000 })),
      })
      .chain(({ kPpm, ...rules }) =>
        fc.tuple(side(spread, rules.lot), side(spread, rules.lot)).map(([supply, demand]) => ({
          ...rules,
          supplyPrice: supply.price,
          supplyQty: supply.qty,
          demandPrice: demand.price,
          demandQty: demand.qty,
          ...(rules.priceRule === 'k' ? { kPpm } : {}),
          ...(hasFloor ? { floor: spread.low } : {}),
          ...(hasCap ? { cap: spread.high } : {}),
        })),
      ),
  )

/** A clearing in the reference's terms, so that the two compare as plain values. */
export function asExpected(clearing: Clearing): Expected {
  const whole = (value: number | null) => (value === null ? null : BigInt(value))
  const { lastPair } = clearing
  return {
    volume: BigInt(clearing.volume),
    price: whole(clearing.price),
    lastPair: lastPair && { supply: BigInt(lastPair.supply), demand: BigInt(lastPair.demand) },
    interval: { low: whole(clearing.interval.low), high: whole(clearing.interval.high) },
    supplyAward: Array.from(clearing.supplyAward, BigInt),
    demandAward: Array.from(clearing.demandAward, BigInt),
  }
}
