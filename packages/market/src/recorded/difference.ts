import type { PeriodResult } from '../clearing/index.ts'
import type { Difference, Published } from './tables.ts'

/** How what was published stands to what the book gives. A price inside the equilibrium interval clears the same book. */
export function differenceOf(result: PeriodResult, published: Published): Difference {
  return { ...priceDifference(result, published.price), ...volumeDifference(result.volumeWh, published.volumeWh) }
}

function priceDifference(
  { price, interval }: PeriodResult,
  published: number | undefined,
): Pick<Difference, 'price' | 'byPrice'> {
  if (published === undefined) return { price: 'notCompared' }
  if (published === price) return { price: 'equal' }
  const { low, high } = interval
  if (low !== undefined && published < low) return { price: 'outside', byPrice: published - low }
  if (high !== undefined && published > high) return { price: 'outside', byPrice: published - high }
  return { price: 'inside' }
}

function volumeDifference(volumeWh: number, published: number | undefined): Pick<Difference, 'volume' | 'byVolumeWh'> {
  if (published === undefined) return { volume: 'notCompared' }
  return published === volumeWh ? { volume: 'equal' } : { volume: 'differs', byVolumeWh: published - volumeWh }
}
