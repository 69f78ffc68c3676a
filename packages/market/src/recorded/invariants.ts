import type { Invariant } from '../kernel/index.ts'
import { type RecordedPeriod, recordedPeriods } from './tables.ts'

/** A re-derived volume is what both marginal tiers say, and its book is on record. Rule REC-20. */
const tiersAddUp: Invariant = {
  name: 'REC-20',
  law: { zh: '复算成交量与两侧边际段一致', en: 'A re-derived volume is what both marginal tiers say' },
  over: [recordedPeriods.name],
  broken(view, key) {
    const row = view.get(key) as RecordedPeriod | undefined
    if (row === undefined) return `${key} has been dropped`
    if (row.kind === 'stated') return undefined
    const { volumeWh, supplyTier, demandTier } = row.result
    for (const tier of [supplyTier, demandTier]) {
      const through = tier === undefined ? 0 : tier.beforeWh + tier.awardedWh
      if (through !== volumeWh) return `${key}: a side is accepted up to ${through}, the volume is ${volumeWh} Wh`
    }
    return undefined
  },
}

export const recordedInvariants: readonly Invariant[] = [tiersAddUp]
