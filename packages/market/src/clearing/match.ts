import type { MarginalTier } from './book.ts'

/** One side of a book with its steps in order of price. */
export interface Curve {
  readonly price: Float64Array
  readonly qty: Float64Array
  readonly order: Uint32Array
}

/** Where one side's acceptance ends: the marginal tier is `order[tierStart..tierEnd)`. */
export interface Margin {
  readonly tierStart: number
  readonly tierEnd: number
  readonly tier: MarginalTier
}

export interface Match {
  readonly volume: number
  /** Absent when nothing trades. */
  readonly supply: Margin | undefined
  readonly demand: Margin | undefined
}

/**
 * Walks both curves from their best steps while the buyer's price is at least the seller's (CLEAR-3); the walk reaches the
 * largest volume at which that holds. It goes step by step: within a tier the walk cannot end before the tier is used up on
 * one of the sides, so the tiers come out the same as if equal prices had been merged first.
 */
export function match(supply: Curve, demand: Curve): Match {
  let s = 0
  let d = 0
  let supplied = qtyAt(supply, 0)
  let demanded = qtyAt(demand, 0)
  let volume = 0
  let lastSupply = -1
  let lastDemand = -1
  while (s < supply.order.length && d < demand.order.length && priceAt(supply, s) <= priceAt(demand, d)) {
    volume = supplied < demanded ? supplied : demanded
    lastSupply = s
    lastDemand = d
    // Both advance when both are used up: a step with nothing left must not become the last pair.
    const supplyUsedUp = supplied === volume
    const demandUsedUp = demanded === volume
    if (supplyUsedUp) supplied += qtyAt(supply, ++s)
    if (demandUsedUp) demanded += qtyAt(demand, ++d)
  }
  if (volume === 0) return { volume, supply: undefined, demand: undefined }
  return { volume, supply: marginAround(supply, lastSupply, volume), demand: marginAround(demand, lastDemand, volume) }
}

function marginAround(curve: Curve, last: number, volume: number): Margin {
  const price = priceAt(curve, last)
  let tierStart = last
  while (tierStart > 0 && priceAt(curve, tierStart - 1) === price) tierStart--
  let tierEnd = last + 1
  while (tierEnd < curve.order.length && priceAt(curve, tierEnd) === price) tierEnd++
  let before = 0
  for (let i = 0; i < tierStart; i++) before += qtyAt(curve, i)
  let declared = 0
  for (let i = tierStart; i < tierEnd; i++) declared += qtyAt(curve, i)
  return { tierStart, tierEnd, tier: { price, before, declared, awarded: volume - before } }
}

/** The best price at which this side has quantity left over, or undefined when all of it is accepted. */
export function bestLeftPrice(curve: Curve, margin: Margin | undefined): number | undefined {
  if (margin !== undefined && margin.tier.awarded < margin.tier.declared) return margin.tier.price
  const next = margin === undefined ? 0 : margin.tierEnd
  return next < curve.order.length ? priceAt(curve, next) : undefined
}

function priceAt(curve: Curve, rank: number): number {
  return curve.price[curve.order[rank] as number] as number
}

/** 0 past the end, so that a curve may run out while the other goes on. */
function qtyAt(curve: Curve, rank: number): number {
  return rank < curve.order.length ? (curve.qty[curve.order[rank] as number] as number) : 0
}
