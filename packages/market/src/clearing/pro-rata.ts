import { nthLargest } from './nth-largest.ts'
import { quotientOf, remainderOf } from './product.ts'

/** How a tier was shared, in lots: what there was, what each was short of a whole lot, and who got one more. */
export interface ProRata {
  /** Of all members, and of what is shared. */
  readonly declaredLots: number
  readonly awardedLots: number
  /** Of each member, in their order: declared × awarded − share × declared of all, the part of a lot it was rounded down by. */
  readonly fraction: Float64Array
  /** Lots left when each share was rounded down. */
  readonly leftLots: number
  /** The smallest fraction that got one of them, where any was left, and how many of those with that fraction got one. */
  readonly least: { readonly fraction: number; readonly served: number } | undefined
}

/**
 * Shares `awarded` over the tier's members in proportion to their quantities, in whole lots: each gets its share rounded down,
 * and the lots left go one each to the largest fractions, equal fractions to the earlier step (CLEAR-9). Since a step with a
 * fraction was rounded down, one more lot never exceeds what it declared. All quantities are multiples of the lot.
 */
export function shareProRata(
  qty: Float64Array,
  members: Uint32Array,
  tier: { readonly declared: number; readonly awarded: number; readonly lot: number },
  award: Float64Array,
): ProRata {
  const lots = tier.awarded / tier.lot
  const total = tier.declared / tier.lot
  const fraction = new Float64Array(members.length)
  let left = lots
  for (let i = 0; i < members.length; i++) {
    const step = members[i] as number
    const declared = (qty[step] as number) / tier.lot
    const share = quotientOf(declared, lots, total)
    award[step] = share * tier.lot
    fraction[i] = remainderOf(declared, lots, share, total)
    left -= share
  }
  const shared = { declaredLots: total, awardedLots: lots, fraction, leftLots: left }
  if (left === 0) return { ...shared, least: undefined }

  const least = nthLargest(fraction, left, total)
  let leftAtLeast = left
  for (let i = 0; i < fraction.length; i++) if ((fraction[i] as number) > least) leftAtLeast--
  const served = leftAtLeast
  for (let i = 0; i < members.length; i++) {
    const value = fraction[i] as number
    if (value < least || (value === least && leftAtLeast-- <= 0)) continue
    award[members[i] as number]! += tier.lot
  }
  return { ...shared, least: { fraction: least, served } }
}
