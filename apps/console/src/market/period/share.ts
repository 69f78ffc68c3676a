import type { Notice, Tier } from '@dujiang/market'
import type { BookStep } from './period-book.ts'

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
function proRataOf(tier: readonly BookStep[], own: BookStep, margin: Tier, lotWh: number): ProRata {
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

/** What a step got, and for which reason. */
export type Share = { readonly awardWh: number; readonly margin?: Tier } & (
  | { readonly because: 'noTrade' | 'better' | 'whole' | 'worse' }
  | { readonly because: 'time'; readonly beforeWh: number }
  | { readonly because: 'proRata'; readonly proRata: ProRata }
)

/** @param side all steps of its side, in order of place */
export function shareOf(
  step: BookStep,
  side: readonly BookStep[],
  margin: Tier | undefined,
  { tieRule, lotWh }: Pick<Notice, 'tieRule' | 'lotWh'>,
): Share {
  if (margin === undefined) return { because: 'noTrade', awardWh: 0 }
  const isBetter = step.side === 'sell' ? step.price < margin.price : step.price > margin.price
  if (isBetter) return { because: 'better', awardWh: step.volumeWh, margin }
  if (step.price !== margin.price) return { because: 'worse', awardWh: 0, margin }
  if (margin.awardedWh === margin.declaredWh) return { because: 'whole', awardWh: step.volumeWh, margin }
  const tier = side.filter(({ price }) => price === margin.price)
  if (tieRule === 'time') {
    const beforeWh = beforeInTime(tier, step)
    return {
      because: 'time',
      awardWh: Math.max(0, Math.min(step.volumeWh, margin.awardedWh - beforeWh)),
      beforeWh,
      margin,
    }
  }
  const proRata = proRataOf(tier, step, margin, lotWh)
  const lots = proRata.baseLots + (proRata.rank <= proRata.leftLots ? 1 : 0)
  return { because: 'proRata', awardWh: lots * lotWh, proRata, margin }
}

/** In a tier that is served by time: what stands before this step. */
function beforeInTime(tier: readonly BookStep[], own: BookStep): number {
  let beforeWh = 0
  for (const step of tier) {
    if (step.order === own.order && step.step === own.step) break
    beforeWh += step.volumeWh
  }
  return beforeWh
}
