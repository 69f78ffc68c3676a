import type { Tier, TieRule } from '@dujiang/market'
import type { BookStep } from './period-book.ts'

export type Verdict = 'f' | 'c' | 'o'

/** How a step of a cut tier came to its award: the arithmetic of CLEAR-9, in lots. */
export interface ProRata {
  readonly declaredLots: number
  readonly tierDeclaredLots: number
  readonly tierAwardedLots: number
  /** floor(declared × awarded / tier). */
  readonly baseLots: number
  /** What the division left, of `tierDeclaredLots` parts of a lot. */
  readonly remainder: number
  /** Lots that were left when all had their base. */
  readonly leftLots: number
  /** Where its remainder stands among the tier's, from 1; equal ones by place. */
  readonly rank: number
  readonly members: number
}

/** The arithmetic for one step; `tier`: all steps at the marginal price of its side, in order of place. */
export function proRataOf(tier: readonly BookStep[], own: BookStep, margin: Tier, lotWh: number): ProRata {
  const tierDeclaredLots = margin.declaredWh / lotWh
  const tierAwardedLots = margin.awardedWh / lotWh
  const parts = tier.map((step) => {
    const exact = BigInt(step.volumeWh / lotWh) * BigInt(tierAwardedLots)
    return {
      step,
      base: Number(exact / BigInt(tierDeclaredLots)),
      remainder: Number(exact % BigInt(tierDeclaredLots)),
    }
  })
  const at = parts.findIndex(({ step }) => step.order === own.order && step.step === own.step)
  const mine = parts[at]
  if (mine === undefined) throw new Error('the step is none of its tier')
  const ahead = parts.filter(
    ({ remainder }, place) => remainder > mine.remainder || (remainder === mine.remainder && place < at),
  )
  return {
    declaredLots: own.volumeWh / lotWh,
    tierDeclaredLots,
    tierAwardedLots,
    baseLots: mine.base,
    remainder: mine.remainder,
    leftLots: tierAwardedLots - parts.reduce((sum, { base }) => sum + base, 0),
    rank: ahead.length + 1,
    members: tier.length,
  }
}

/** In a tier served by time: what was taken before this step, and what it was offered after. */
export function beforeInTime(tier: readonly BookStep[], own: BookStep): number {
  let beforeWh = 0
  for (const step of tier) {
    if (step.order === own.order && step.step === own.step) break
    beforeWh += step.volumeWh
  }
  return beforeWh
}

/** Was the tier shared at all, and by which rule? */
export const cutBy = (margin: Tier, tieRule: TieRule): TieRule | undefined =>
  margin.awardedWh < margin.declaredWh ? tieRule : undefined
