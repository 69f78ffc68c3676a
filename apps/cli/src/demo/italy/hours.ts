import type { View } from '@dujiang/chain'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { type RecordedPeriod, periodKey, recordedPeriods } from '@dujiang/market'
import { bookOf, sessionOf } from './bring.ts'
import { euros, megawattHours } from './figures.ts'
import type { Day, Hour } from './source.ts'

/** An hour as the ledger has it on record. */
export interface HourOnRecord {
  readonly date: string
  readonly period: number
  readonly row: Extract<RecordedPeriod, { kind: 'rederived' }>
  /** Book and published figures are those of the files read now; a record made from other files stays as it is. */
  readonly ofTheseFiles: boolean
}

/** The hours of a day, from the table of recorded periods. */
export function hoursOnRecord(view: View, day: Day): readonly HourOnRecord[] {
  const session = sessionOf(day.date)
  return day.hours.map((hour) => {
    const row = recordedPeriods.get(view, session, periodKey(hour.period))
    if (row?.kind !== 'rederived') throw new Error(`${session} has no book of period ${hour.period} on record`)
    return { date: day.date, period: hour.period, row, ofTheseFiles: isOf(view, row, hour) }
  })
}

function isOf(view: View, row: HourOnRecord['row'], hour: Hour): boolean {
  const { supply, demand } = bookOf(hour)
  const digest = toHex(view.sha256(encodeCanonicalBytes({ supply, demand })))
  const canonical = (value: object) => Buffer.from(encodeCanonicalBytes(value as never)).toString('latin1')
  return row.book === digest && canonical(row.published) === canonical(hour.published)
}

/** How the published prices of an hour stand to the ledger's one price. */
export type Standing = 'equal' | 'inside' | 'outside' | 'several' | 'unknown'

export function standingOf({ row: { published, difference } }: HourOnRecord): Standing {
  if (difference.price !== 'notCompared') return difference.price
  return published.areaPrices === undefined ? 'unknown' : 'several'
}

/** The line of an hour for programs: EUR/MWh and MWh as decimal strings. */
export function lineOf(hour: HourOnRecord) {
  const { result, published } = hour.row
  const standing = standingOf(hour)
  const isOne = standing !== 'several' && standing !== 'unknown'
  const priceText = (price: number | undefined) => (price === undefined ? null : euros(price))
  return {
    day: hour.date,
    period: hour.period,
    low: priceText(result.interval.low),
    high: priceText(result.interval.high),
    price: priceText(result.price),
    volume: megawattHours(result.volumeWh),
    published: priceText(published.price),
    oneprice: standing === 'unknown' ? null : isOne,
    inside: isOne ? standing !== 'outside' : null,
  }
}
