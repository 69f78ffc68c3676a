import { civilFromDays, daysFromCivil, formatCivil, parseCivil } from './civil.ts'

/** A day of the market, `YYYY-MM-DD` in Asia/Shanghai: always UTC+8, always 24 hours. */
export type MarketDay = string

export const MS_IN_DAY = 86_400_000
/** Shanghai has kept UTC+8 without daylight saving since 1991; rule TIME-2 says the market does so for ever. */
export const BEIJING_OFFSET_MS = 28_800_000

/**
 * The market day an instant falls in. `atMs` is UTC milliseconds; a day owns its first instant, 00:00, not its last, 24:00.
 * Throws RangeError outside the years 0 to 9999 or on a fraction.
 * @example marketDayOf(1_796_054_400_000) // '2026-12-01', its first instant
 */
export function marketDayOf(atMs: number): MarketDay {
  return formatCivil(civilFromDays(beijingDayNumber(atMs)))
}

/**
 * The first instant of a market day in UTC milliseconds. Throws RangeError when `day` is none.
 * @example startOfMarketDay('2026-12-01') // 1_796_054_400_000: 2026-11-30 16:00 UTC
 */
export function startOfMarketDay(day: MarketDay): number {
  return dayNumber(day) * MS_IN_DAY - BEIJING_OFFSET_MS
}

/**
 * The market day `days` later, or earlier when negative.
 * @example marketDayPlus('2028-02-28', 2) // '2028-03-01'
 */
export function marketDayPlus(day: MarketDay, days: number): MarketDay {
  if (!Number.isSafeInteger(days)) throw new RangeError(`marketDayPlus: ${days} is no number of days`)
  return formatCivil(civilFromDays(dayNumber(day) + days))
}

/**
 * Days from `from` to `to`; negative when `to` is earlier.
 * @example marketDaysBetween('2026-12-01', '2027-01-01') // 31
 */
export function marketDaysBetween(from: MarketDay, to: MarketDay): number {
  return dayNumber(to) - dayNumber(from)
}

/** Days from 1970-01-01 to the Beijing day an instant falls in. */
export function beijingDayNumber(atMs: number): number {
  if (!Number.isSafeInteger(atMs)) throw new RangeError(`${atMs} is no instant in whole milliseconds`)
  return Math.floor((atMs + BEIJING_OFFSET_MS) / MS_IN_DAY)
}

function dayNumber(day: MarketDay): number {
  const parsed = parseCivil(day)
  if (!parsed.ok) throw new RangeError(`'${day}' is no market day: ${parsed.reason} at ${parsed.at}`)
  return daysFromCivil(parsed.value)
}
