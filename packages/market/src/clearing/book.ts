/** How the one price of a book is chosen from the last pair or the equilibrium interval (CLEAR-7). */
export const PRICE_RULES = [
  'last_pair_mid',
  'k',
  'interval_low',
  'interval_mid',
  'interval_high',
  'last_supply',
] as const
export type PriceRule = (typeof PRICE_RULES)[number]

/** How the marginal tier is shared among its steps (CLEAR-9). */
export const TIE_RULES = ['pro_rata', 'time'] as const
export type TieRule = (typeof TIE_RULES)[number]

/** Prices lie strictly inside ±2^52 so that the difference of any two is exact. */
export const PRICE_MAGNITUDE_MAX = 2 ** 52 - 1

/**
 * The book of one period. A step is one price with its quantity; the steps of one order are separate entries. The position in
 * the arrays is the order of time. Prices are milli-fen/MWh (negative allowed), quantities Wh; the arithmetic only needs them
 * to be integers, so a test may count in whatever it likes.
 *
 * `Float64Array` here is a store of safe integers, not of fractions: they are added, subtracted and compared, all exact below
 * 2^53, and multiplied only where the product is proved exact or is a bigint. Int32 would be too small for Wh, and
 * `BigInt64Array` makes each comparison an allocation.
 */
export interface Book {
  readonly supplyPrice: Float64Array
  readonly supplyQty: Float64Array
  readonly demandPrice: Float64Array
  readonly demandQty: Float64Array
  /** The quantum of quantity: every quantity is a multiple of it, and so is every award. */
  readonly lot: number
  /** The quantum of the clearing price. Offered prices need not lie on it. */
  readonly tick: number
  readonly priceRule: PriceRule
  /** The weight of the demand price in parts per million; required by rule `k` and by no other. */
  readonly kPpm?: number
  readonly tieRule: TieRule
  /** The lower price limit. Inelastic supply is entered at it. */
  readonly floor?: number
  /** The upper price limit. Inelastic demand is entered at it. */
  readonly cap?: number
}

/** The tier (all steps of one price) in which a side's acceptance ends. */
export interface MarginalTier {
  readonly price: number
  /** The quantity declared at better prices: all of it is accepted. */
  readonly before: number
  /** The quantity declared at this price. */
  readonly declared: number
  /** The quantity accepted at this price: more than 0, at most `declared`. */
  readonly awarded: number
}

/** The prices of the last matched supply tier and demand tier: supply <= demand. */
export interface LastPair {
  readonly supply: number
  readonly demand: number
}

/** The equilibrium interval, both ends included; null is an end that neither an order nor a limit bounds (CLEAR-6). */
export interface Interval {
  readonly low: number | null
  readonly high: number | null
}

/** What a sceptic needs to check the result without trusting the algorithm. */
export interface Clearing {
  readonly volume: number
  /** Null exactly when nothing is traded. */
  readonly price: number | null
  readonly lastPair: LastPair | null
  readonly interval: Interval
  /** The price lies outside the equilibrium interval, as the rules of the last pair and a coarse tick allow. */
  readonly outsideInterval: boolean
  readonly supplyTier: MarginalTier | null
  readonly demandTier: MarginalTier | null
  /** Accepted quantity per step, in the order of the book's arrays; each side sums to `volume`. */
  readonly supplyAward: Float64Array
  readonly demandAward: Float64Array
}
