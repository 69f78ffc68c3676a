import { divideRounded } from '@dujiang/core/units'
import type { Offered } from './draft.ts'

export interface Totals {
  readonly volumeWh: number
  /** Weighted by volume, rounded half up; undefined when nothing is offered. */
  readonly averagePrice: number | undefined
  readonly periods: number
  readonly steps: number
}

/** What an order adds up to. */
export function totalsOf({ periods, prices, volumesWh }: Offered): Totals {
  let volumeWh = 0
  let weighted = 0n
  let steps = 0
  for (const [step, row] of volumesWh.entries()) {
    for (const [at, volume] of row.entries()) {
      if (volume === 0) continue
      steps++
      volumeWh += volume
      weighted += BigInt(volume) * BigInt(prices[step]?.[at] as number)
    }
  }
  const averagePrice = volumeWh === 0 ? undefined : Number(divideRounded(weighted, BigInt(volumeWh), 'halfUp'))
  const offered = periods.filter((_, at) => volumesWh.some((row) => (row[at] as number) > 0))
  return { volumeWh, averagePrice, periods: offered.length, steps }
}
