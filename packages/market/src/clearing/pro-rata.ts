import { nthLargest } from './nth-largest.ts'
import { quotientOf, remainderOf } from './product.ts'

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
): void {
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
  if (left === 0) return

  const least = nthLargest(fraction, left, total)
  let leftAtLeast = left
  for (let i = 0; i < fraction.length; i++) if ((fraction[i] as number) > least) leftAtLeast--
  for (let i = 0; i < members.length; i++) {
    const value = fraction[i] as number
    if (value < least || (value === least && leftAtLeast-- <= 0)) continue
    award[members[i] as number]! += tier.lot
  }
}
