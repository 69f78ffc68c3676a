import type { Published } from '@dujiang/market'
import { Failure } from '../../failure.ts'
import { type RowFault, readCsv } from './csv.ts'
import { type Tally, publishedPriceOf } from './figures.ts'
import { ZONES, hourKey, isDate, periodOf, unreadableField, zones } from './row.ts'

const COLUMNS = ['timestamp', 'delivery_day', 'period', 'zone', 'price_eur_per_mwh']

/** What was published for each hour: the one price of the seven zones, or their prices where they differed. */
export interface Prices {
  readonly hours: Map<string, Published>
  readonly figures: Tally
}

/**
 * Adds the hours of a file to `into`, in place of what it says about them. Neighbours and averages in the file are passed
 * over. Refuses a zone given twice in an hour, or missing from one.
 */
export async function readPrices(path: string, into: Prices): Promise<void> {
  const hours = new Map<string, Map<string, number>>()
  await readCsv(path, COLUMNS, ([, date, hour, zone, text]): RowFault | undefined => {
    const period = periodOf(hour)
    if (!isDate(date)) return unreadableField('delivery_day', date)
    if (period === undefined) return unreadableField('period', hour)
    if (zone === undefined || !zones.has(zone)) return undefined
    const price = publishedPriceOf(text ?? '')
    if (price === undefined) return unreadableField('price_eur_per_mwh', text)
    into.figures.figures++
    if (price.changed) into.figures.changed++

    const key = hourKey(date, period)
    const prices = hours.get(key) ?? new Map<string, number>()
    if (prices.has(zone)) return { zh: `${zone} 在该时段出现两次`, en: `${zone} is there twice in this hour` }
    hours.set(key, prices.set(zone, price.value))
    return undefined
  })
  for (const [key, prices] of hours) into.hours.set(key, publishedOf(path, key, prices))
}

function publishedOf(path: string, key: string, prices: ReadonlyMap<string, number>): Published {
  const areaPrices = ZONES.map((area) => {
    const price = prices.get(area)
    if (price === undefined) {
      throw new Failure(`${path}：${key} 时段缺少 ${area}`, `${path}: period ${key} lacks ${area}`)
    }
    return { area, price }
  })
  const one = (areaPrices[0] as { readonly price: number }).price
  return areaPrices.every(({ price }) => price === one) ? { price: one } : { areaPrices }
}
