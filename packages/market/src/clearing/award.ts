import type { TieRule } from './book.ts'
import type { Curve, Margin } from './match.ts'
import { shareProRata } from './pro-rata.ts'

/** Accepted quantity per step in the order of the book's arrays: better tiers in full, the marginal tier by the tie rule. */
export function awardSteps(curve: Curve, margin: Margin | undefined, tieRule: TieRule, lot: number): Float64Array {
  const award = new Float64Array(curve.qty.length)
  if (margin === undefined) return award
  for (let rank = 0; rank < margin.tierStart; rank++) {
    const step = curve.order[rank] as number
    award[step] = curve.qty[step] as number
  }
  const members = curve.order.subarray(margin.tierStart, margin.tierEnd)
  const { declared, awarded } = margin.tier
  if (awarded === declared) for (const step of members) award[step] = curve.qty[step] as number
  else if (tieRule === 'time') serveInTime(curve.qty, members, awarded, award)
  else shareProRata(curve.qty, members, { declared, awarded, lot }, award)
  return award
}

function serveInTime(qty: Float64Array, members: Uint32Array, awarded: number, award: Float64Array): void {
  let left = awarded
  for (const step of members) {
    if (left === 0) return
    const given = Math.min(qty[step] as number, left)
    award[step] = given
    left -= given
  }
}
