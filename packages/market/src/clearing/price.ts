import { divideRounded } from '@dujiang/core/units'
import type { Book, Interval, LastPair } from './book.ts'

const ONE_PPM = 1_000_000n

/**
 * The price of a book that trades (CLEAR-7), rounded to the tick with a half towards +∞ and kept inside the limits (CLEAR-8).
 * @example with pair 230/240, rule last_pair_mid, tick 1: 235
 */
export function clearingPrice(book: Book, pair: LastPair, interval: Interval): number {
  const [low, high] = [interval.low, interval.high]
  if (low === null || high === null) throw new Error('CLEAR-6 broken: a book that trades has an unbounded interval')
  switch (book.priceRule) {
    case 'last_pair_mid':
      return onTick(book, weighted(pair.supply, pair.demand, 500_000))
    case 'k':
      return onTick(book, weighted(pair.supply, pair.demand, kPpmOf(book)))
    case 'last_supply':
      return onTick(book, weighted(pair.supply, pair.supply, 0))
    case 'interval_low':
      return onTick(book, weighted(low, low, 0))
    case 'interval_mid':
      return onTick(book, weighted(low, high, 500_000))
    case 'interval_high':
      return onTick(book, weighted(high, high, 0))
  }
}

function kPpmOf(book: Book): number {
  if (book.kPpm === undefined) throw new Error('price rule k without kPpm')
  return book.kPpm
}

/** a at weight 0, b at weight 10^6; in millionths, so that no fraction is lost before the one rounding. */
function weighted(a: number, b: number, weightPpm: number): bigint {
  const weight = BigInt(weightPpm)
  return weight * BigInt(b) + (ONE_PPM - weight) * BigInt(a)
}

function onTick(book: Book, priceMillionths: bigint): number {
  const price = Number(divideRounded(priceMillionths, ONE_PPM * BigInt(book.tick), 'halfUp')) * book.tick
  if (book.cap !== undefined && price > book.cap) return book.cap
  if (book.floor !== undefined && price < book.floor) return book.floor
  return price
}
