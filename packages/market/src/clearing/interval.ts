import type { Book, Interval } from './book.ts'
import { bestLeftPrice, type Curve, type Match } from './match.ts'

/**
 * Every price at which no step strictly in the money is left out, wholly or in part, and none out of the money is in (CLEAR-6).
 * The low end is the highest of accepted supply and left-over demand, the high end the lowest of accepted demand and left-over
 * supply; an end no step bounds is the limit of that side, or null. It is never empty: were the best left-over demand above the
 * best left-over supply, they would have traded.
 */
export function equilibriumInterval(book: Book, supply: Curve, demand: Curve, match: Match): Interval {
  const low = further(match.supply?.tier.price, bestLeftPrice(demand, match.demand), Math.max)
  const high = further(match.demand?.tier.price, bestLeftPrice(supply, match.supply), Math.min)
  return { low: low ?? book.floor ?? null, high: high ?? book.cap ?? null }
}

function further(
  a: number | undefined,
  b: number | undefined,
  pick: (a: number, b: number) => number,
): number | undefined {
  if (a === undefined || b === undefined) return a ?? b
  return pick(a, b)
}
