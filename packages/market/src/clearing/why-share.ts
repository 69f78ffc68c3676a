import type { Book, MarginalTier } from './book.ts'
import { curvesOf } from './clear-book.ts'
import { type Curve, type Margin, match } from './match.ts'
import { shareProRata } from './pro-rata.ts'
import { quotientOf } from './product.ts'

/** Why a step got what it got. */
export interface StepShare {
  readonly price: number
  readonly declared: number
  readonly awarded: number
  /** How its price stands to the marginal tier of its side; `untraded` where nothing trades. */
  readonly standing: 'better' | 'marginal' | 'worse' | 'untraded'
  /** Where acceptance ends on its side. */
  readonly tier: MarginalTier | null
  /** How the tier was shared: of a step in a marginal tier that was cut. */
  readonly cut?: CutShare
}

export type CutShare =
  | {
      readonly rule: 'pro_rata'
      /** All of these are counts of lots: of the step, of the tier, and of what the tier is awarded. */
      readonly declaredLots: number
      readonly tierLots: number
      readonly awardedLots: number
      /** floor(declaredLots × awardedLots / tierLots). */
      readonly wholeLots: number
      /** What the rounding took, in parts of `tierLots`: declaredLots × awardedLots − wholeLots × tierLots. */
      readonly fraction: number
      /** Lots of the whole tier that the rounding left over: they go one each to the largest fractions. */
      readonly leftLots: number
      /** The smallest fraction that got one of them; of equal ones the earliest. Absent where none was left. */
      readonly least?: {
        readonly fraction: number
        /** How many steps have it, and how many of them, the earliest, got a lot. */
        readonly steps: number
        readonly served: number
        /** Where this step stands among them in time, from 1, if it has that fraction. */
        readonly rank?: number
      }
      readonly extraLot: boolean
    }
  | {
      readonly rule: 'time'
      /** Declared by the steps of the tier before this one. */
      readonly before: number
      /** What those leave of the tier's award. */
      readonly left: number
    }

/**
 * Why the step at `at` of a side got what the clearing gave it, worked by the clearing's own functions (CLEAR-4, CLEAR-9).
 * Throws on a book that breaks CLEAR-2.
 * @example a step of 1 lot in a tier of 3 equal ones that is awarded 2: wholeLots 0, fraction 2 of 3, leftLots 2, rank 1: an extra lot
 */
export function whyShare(book: Book, side: 'supply' | 'demand', at: number): StepShare {
  const curves = curvesOf(book)
  const margin = match(curves.supply, curves.demand)[side]
  const curve = curves[side]
  const [price, declared] = [curve.price[at], curve.qty[at]]
  if (price === undefined || declared === undefined) throw new RangeError(`whyShare: there is no step ${at} of ${side}`)
  const step = { price, declared, tier: margin?.tier ?? null }
  if (margin === undefined) return { ...step, awarded: 0, standing: 'untraded' }
  const { tier } = margin
  if (price !== tier.price) {
    const better = side === 'supply' ? price < tier.price : price > tier.price
    return { ...step, awarded: better ? declared : 0, standing: better ? 'better' : 'worse' }
  }
  if (tier.awarded === tier.declared) return { ...step, awarded: declared, standing: 'marginal' }
  const shared = book.tieRule === 'time' ? inTime(curve, margin, at) : inProportion(curve, margin, at, book.lot)
  return { ...step, ...shared, standing: 'marginal' }
}

type Shared = { readonly awarded: number; readonly cut: CutShare }

function inTime({ order, qty }: Curve, { tierStart, tier }: Margin, at: number): Shared {
  let before = 0
  for (let rank = tierStart; order[rank] !== at; rank++) before += qty[order[rank] as number] as number
  const left = Math.max(0, tier.awarded - before)
  return { awarded: Math.min(qty[at] as number, left), cut: { rule: 'time', before, left } }
}

function inProportion({ order, qty }: Curve, { tierStart, tierEnd, tier }: Margin, at: number, lot: number): Shared {
  const members = order.subarray(tierStart, tierEnd)
  const award = new Float64Array(qty.length)
  const {
    declaredLots: tierLots,
    awardedLots,
    fraction,
    leftLots,
    least,
  } = shareProRata(qty, members, { ...tier, lot }, award)
  const own = members.indexOf(at)
  const awarded = award[at] as number
  const declaredLots = (qty[at] as number) / lot
  const wholeLots = quotientOf(declaredLots, awardedLots, tierLots)
  const cut = {
    rule: 'pro_rata',
    declaredLots,
    tierLots,
    awardedLots,
    wholeLots,
    fraction: fraction[own] as number,
    leftLots,
    ...(least === undefined ? {} : { least: { ...least, ...ranked(fraction, least.fraction, own) } }),
    extraLot: awarded / lot > wholeLots,
  } as const
  return { awarded, cut }
}

/** How many have this fraction, and which of them, in time, is `own`. */
function ranked(
  fraction: Float64Array,
  least: number,
  own: number,
): { readonly steps: number; readonly rank?: number } {
  let steps = 0
  let rank: number | undefined
  for (let i = 0; i < fraction.length; i++) {
    if (fraction[i] !== least) continue
    steps++
    if (i === own) rank = steps
  }
  return { steps, ...(rank === undefined ? {} : { rank }) }
}
