import { failure, type Parsed } from '../units/parsed.ts'
import { checkPattern, padded, type PatternReason } from './pattern.ts'

/** A date of the Gregorian calendar: month 1 to 12, day 1 to 31, year 0 to 9999 (four digits when written). */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** Why a text is no date; `noSuchDate` carries the fact `daysInMonth` when only the day is wrong. */
export type DateReason = PatternReason | 'noSuchDate'

const YEAR_MAX = 9999
const DAYS_IN_ERA = 146_097 // 400 years
const DAYS_FROM_0000_03_01_TO_1970 = 719_468
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * 28 to 31. Throws RangeError when there is no such month.
 * @example daysInMonth(2028, 2) // 29
 */
export function daysInMonth(year: number, month: number): number {
  const days = DAYS_IN_MONTH[month - 1]
  if (days === undefined || !isYear(year)) throw new RangeError(`daysInMonth: there is no month ${year}-${month}`)
  return month === 2 && isLeapYear(year) ? 29 : days
}

/** Has the year a 29 February? */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/**
 * Days from 1970-01-01 to the date; negative before. Throws RangeError when there is no such date.
 * @example daysFromCivil({ year: 1970, month: 1, day: 2 }) // 1
 */
export function daysFromCivil(date: CivilDate): number {
  const { year, month, day } = date
  if (!Number.isInteger(day) || day < 1 || day > daysInMonth(year, month)) {
    throw new RangeError(`daysFromCivil: there is no date ${year}-${month}-${day}`)
  }
  // Years counted from March put the leap day last, so a month's start no longer depends on the year.
  const marchYear = month <= 2 ? year - 1 : year
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_IN_ERA + dayOfEra - DAYS_FROM_0000_03_01_TO_1970
}

/**
 * The date `days` after 1970-01-01. Throws RangeError on a fraction and outside the years 0 to 9999.
 * @example civilFromDays(20_788) // { year: 2026, month: 12, day: 1 }
 */
export function civilFromDays(days: number): CivilDate {
  if (!Number.isSafeInteger(days)) throw new RangeError(`civilFromDays: ${days} is no whole number of days`)
  const shifted = days + DAYS_FROM_0000_03_01_TO_1970
  const era = Math.floor(shifted / DAYS_IN_ERA)
  const dayOfEra = shifted - era * DAYS_IN_ERA
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  if (!isYear(year)) throw new RangeError(`civilFromDays: day ${days} lies outside the years 0 to ${YEAR_MAX}`)
  return { year, month, day }
}

/**
 * `YYYY-MM-DD`.
 * @example formatCivil({ year: 2026, month: 12, day: 1 }) // '2026-12-01'
 */
export function formatCivil(date: CivilDate): string {
  return `${padded(date.year, 4)}-${padded(date.month, 2)}-${padded(date.day, 2)}`
}

/**
 * The strict inverse of `formatCivil`: ten characters, and a date that exists. Rule TIME-1.
 * @example parseCivil('2026-02-29') // { ok: false, at: 8, reason: 'noSuchDate', facts: { daysInMonth: 28 } }
 */
export function parseCivil(text: string): Parsed<CivilDate, DateReason> {
  const fault = checkPattern(text, 'dddd-dd-dd')
  if (fault !== undefined) return fault

  const date = { year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)), day: Number(text.slice(8, 10)) }
  if (date.month < 1 || date.month > 12) return failure(5, 'noSuchDate')
  const daysMax = daysInMonth(date.year, date.month)
  if (date.day < 1 || date.day > daysMax) return failure(8, 'noSuchDate', { daysInMonth: daysMax })
  return { ok: true, value: date }
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 0 && year <= YEAR_MAX
}
