import { awardSteps } from './award.ts'
import type { Book, Clearing } from './book.ts'
import { inspect } from './inspect.ts'
import { equilibriumInterval } from './interval.ts'
import { type Curve, match } from './match.ts'
import { clearingPrice } from './price.ts'
import { priceOrder } from './price-order.ts'

/** Both sides of a book in order of price. Throws on a book that breaks CLEAR-2. */
export function curvesOf(book: Book): { readonly supply: Curve; readonly demand: Curve } {
  inspect(book)
  return {
    supply: { price: book.supplyPrice, qty: book.supplyQty, order: priceOrder(book.supplyPrice, 1) },
    demand: { price: book.demandPrice, qty: book.demandQty, order: priceOrder(book.demandPrice, -1) },
  }
}

/**
 * The uniform-price call auction (集中竞价 边际统一出清) of one period: one volume, one price, and what each step gets.
 * Rules CLEAR-1 … CLEAR-9 (SPEC.md beside this file). Throws on a book that breaks CLEAR-2: its fillers refuse such input.
 * @example
 * const of = (...numbers: number[]) => Float64Array.from(numbers)
 * clearBook({
 *   supplyPrice: of(180, 230), supplyQty: of(10, 10), demandPrice: of(330, 240), demandQty: of(10, 4),
 *   lot: 1, tick: 1, priceRule: 'last_pair_mid', tieRule: 'pro_rata',
 * }) // volume 14, price 235, lastPair 230/240, interval 230…230, supplyAward 10 4, demandAward 10 4
 */
export function clearBook(book: Book): Clearing {
  const { supply, demand } = curvesOf(book)
  const matched = match(supply, demand)
  const supplyTier = matched.supply?.tier ?? null
  const demandTier = matched.demand?.tier ?? null
  const interval = equilibriumInterval(book, supply, demand, matched)
  const lastPair = supplyTier && demandTier && { supply: supplyTier.price, demand: demandTier.price }
  const price = lastPair && clearingPrice(book, lastPair, interval)
  return {
    volume: matched.volume,
    price,
    lastPair,
    interval,
    outsideInterval: price !== null && (price < (interval.low as number) || price > (interval.high as number)),
    supplyTier,
    demandTier,
    supplyAward: awardSteps(supply, matched.supply, book.tieRule, book.lot),
    demandAward: awardSteps(demand, matched.demand, book.tieRule, book.lot),
  }
}
