import { type RowFault, readCsv } from './csv.ts'
import { type Tally, priceOf, quantityOf, tally } from './figures.ts'
import { isDate, periodOf, unreadableField, zones } from './row.ts'

interface Growing {
  readonly prices: number[]
  readonly volumesWh: number[]
}

export interface Books {
  readonly supply: Growing
  readonly demand: Growing
}

export interface Bids {
  /** By date and period, the days asked for only. */
  readonly hours: ReadonlyMap<string, ReadonlyMap<number, Books>>
  readonly all: Tally
  readonly asked: Tally
}

const COLUMNS = ['timestamp', 'delivery_day', 'period', 'zone', 'side', 'price_eur_per_mwh', 'quantity_mwh']

/** The books of the whole file are read and checked; those of the wanted days of the month are kept. */
export async function readBids(path: string, wanted: readonly number[]): Promise<Bids> {
  const hours = new Map<string, Map<number, Books>>()
  const [all, asked] = [tally(), tally()]
  const isWanted = new Set(wanted)
  await readCsv(path, COLUMNS, ([, date, hour, zone, side, priceText, quantityText]): RowFault | undefined => {
    const period = periodOf(hour)
    if (!isDate(date)) return unreadableField('delivery_day', date)
    if (period === undefined) return unreadableField('period', hour)
    if (zone === undefined || !zones.has(zone)) return unreadableField('zone', zone)
    if (side !== 'supply' && side !== 'demand') return unreadableField('side', side)
    const price = priceOf(priceText ?? '')
    if (price === undefined) return unreadableField('price_eur_per_mwh', priceText)
    const quantity = quantityOf(quantityText ?? '')
    if (quantity === undefined || quantity.wh < 0) return unreadableField('quantity_mwh', quantityText)

    const counts = isWanted.has(Number(date.slice(8))) ? [all, asked] : [all]
    for (const each of counts) {
      each.figures++
      if (quantity.changed) each.changed++
    }
    // Less than half a kWh is no step.
    if (counts.length === 1 || quantity.wh === 0) return undefined
    const steps = booksOf(hours, date, period)[side]
    steps.prices.push(price)
    steps.volumesWh.push(quantity.wh)
    return undefined
  })
  return { hours, all, asked }
}

function booksOf(hours: Map<string, Map<number, Books>>, date: string, period: number): Books {
  let day = hours.get(date)
  if (day === undefined) {
    day = new Map()
    hours.set(date, day)
  }
  let books = day.get(period)
  if (books === undefined) {
    books = { supply: { prices: [], volumesWh: [] }, demand: { prices: [], volumesWh: [] } }
    day.set(period, books)
  }
  return books
}
