import { join } from 'node:path'
import type { Published } from '@dujiang/market'
import { Failure } from '../../failure.ts'
import { type Tally, tally } from './figures.ts'
import { type Books, readBids } from './bids.ts'
import { readExchanges } from './exchanges.ts'
import { BIDS_FILE } from './places.ts'
import { type Prices, readPrices } from './prices.ts'
import { hourKey } from './row.ts'

/** The steps of one side, one entry a published row, in the order of the file. */
export interface Steps {
  readonly prices: readonly number[]
  readonly volumesWh: readonly number[]
}

/** One hour of the seven zones as one national book. */
export interface Hour {
  readonly period: number
  readonly supply: Steps
  readonly demand: Steps
  /** Net export of the seven zones, fixed before the auction; negative is an import. */
  readonly exportWh: number
  readonly published: Published
}

export interface Day {
  /** YYYY-MM-DD. */
  readonly date: string
  readonly hours: readonly Hour[]
}

export interface Month {
  readonly days: readonly Day[]
  /** Quantities of the whole bid file, and of the days asked for. */
  readonly all: Tally
  readonly asked: Tally
  /** Published prices of the zones. */
  readonly prices: Tally
}

/**
 * The days asked for, as the exchange published them. `prices` is a further file of published prices; where both have an
 * hour it goes before the exchange's own. Refuses days or hours that are missing, and rows that cannot be read.
 */
export async function readMonth(dir: string, wanted: readonly number[], prices: string | undefined): Promise<Month> {
  const bids = await readBids(join(dir, BIDS_FILE), wanted)
  const exchanges = await readExchanges(join(dir, 'published-exchanges.csv.gz'))
  const read: Prices = { hours: new Map(), figures: tally() }
  await readPrices(join(dir, 'published-prices_days01-15.csv.gz'), read)
  if (prices !== undefined) await readPrices(prices, read)
  const days = wanted.map((day): Day => {
    const date = dateOf(bids.hours, day)
    const periods = bids.hours.get(date) as ReadonlyMap<number, Books>
    const hours = Array.from({ length: periods.size }, (_, at): Hour => {
      const key = hourKey(date, at + 1)
      const books = periods.get(at + 1)
      const exportWh = exchanges.get(key)
      if (books === undefined) throw missing(BIDS_FILE, key)
      if (exportWh === undefined) throw missing('published-exchanges.csv.gz', key)
      return { period: at + 1, ...books, exportWh, published: read.hours.get(key) ?? {} }
    })
    return { date, hours }
  })
  return { days, all: bids.all, asked: bids.asked, prices: read.figures }
}

function dateOf(hours: ReadonlyMap<string, unknown>, day: number): string {
  const dates = [...hours.keys()].filter((date) => Number(date.slice(8)) === day)
  const [date] = dates
  if (date !== undefined && dates.length === 1) return date
  if (date === undefined) throw new Failure(`${BIDS_FILE} 中没有 ${day} 日`, `${BIDS_FILE} has no day ${day}`)
  throw new Failure(`${BIDS_FILE} 含多个月的 ${day} 日`, `${BIDS_FILE} has day ${day} of several months`)
}

const missing = (file: string, key: string): Failure =>
  new Failure(`${file} 缺少 ${key} 时段`, `${file} lacks period ${key}`)
