import type { Clearing, MarginalTier } from './clearing/index.ts'
import type { PeriodResult, Tier } from './result-tables.ts'

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
