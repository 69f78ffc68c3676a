import type { Clearing, MarginalTier } from './book.ts'

/** One side's marginal tier: where acceptance ends. */
export type Tier = {
  readonly price: number
  readonly beforeWh: number
  readonly declaredWh: number
  readonly awardedWh: number
}

/** The outcome of one period, with what is needed to check it without trusting the algorithm. */
export type PeriodResult = {
  readonly period: number
  readonly volumeWh: number
  /** Absent when nothing trades. */
  readonly price?: number
  readonly pair?: { readonly supply: number; readonly demand: number }
  /** The equilibrium interval; an end that nothing bounds is absent. */
  readonly interval: { readonly low?: number; readonly high?: number }
  /** The price lies outside the equilibrium interval, as the rules of the last pair allow. */
  readonly outsideInterval: boolean
  readonly supplyTier?: Tier
  readonly demandTier?: Tier
}

/** A clearing as the ledger keeps it: what is absent has no value, since canonical JSON has no null. */
export function periodResult(period: number, clearing: Clearing): PeriodResult {
  const { price, lastPair, interval, supplyTier, demandTier } = clearing
  return {
    period,
    volumeWh: clearing.volume,
    ...(price === null ? {} : { price }),
    ...(lastPair === null ? {} : { pair: { supply: lastPair.supply, demand: lastPair.demand } }),
    interval: {
      ...(interval.low === null ? {} : { low: interval.low }),
      ...(interval.high === null ? {} : { high: interval.high }),
    },
    outsideInterval: clearing.outsideInterval,
    ...(supplyTier === null ? {} : { supplyTier: tierOf(supplyTier) }),
    ...(demandTier === null ? {} : { demandTier: tierOf(demandTier) }),
  }
}

const tierOf = ({ price, before, declared, awarded }: MarginalTier): Tier => ({
  price,
  beforeWh: before,
  declaredWh: declared,
  awardedWh: awarded,
})
