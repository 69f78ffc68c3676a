import { failure, type ParseFailure, type Parsed } from '../units/parsed.ts'
import { civilFromDays, type DateReason, daysFromCivil, formatCivil, parseCivil } from './civil.ts'
import { BEIJING_OFFSET_MS, beijingDayNumber, MS_IN_DAY } from './market-day.ts'
import { checkPattern, padded, type PatternReason } from './pattern.ts'

/** Why a text is no instant. */
export type InstantReason = DateReason | 'noSuchTime' | 'noSuchOffset' | 'tooManyDigits'

const MS_IN_MINUTE = 60_000
const FRACTION_DIGITS_MAX = 3
/** No zone on earth lies further from UTC. */
const OFFSET_HOURS_MAX = 14

/**
 * Beijing time for people: `YYYY-MM-DD HH:MM:SS.mmm`. `atMs` is UTC milliseconds; throws RangeError outside the years 0
 * to 9999.
 * @example formatInstant(1_796_090_400_000) // '2026-12-01 10:00:00.000'
 */
export function formatInstant(atMs: number): string {
  const { date, time } = beijingParts(atMs)
  return `${date} ${time}`
}

/**
 * The same for machines: `YYYY-MM-DDTHH:MM:SS.mmm+08:00`, which `parseInstant` reads back. Rule TIME-5.
 * @example formatInstantIso(1_796_090_400_000) // '2026-12-01T10:00:00.000+08:00'
 */
export function formatInstantIso(atMs: number): string {
  const { date, time } = beijingParts(atMs)
  return `${date}T${time}+08:00`
}

/**
 * UTC milliseconds of `YYYY-MM-DDTHH:MM:SS`, one to three digits of a second if any, and `Z` or an offset. Rule TIME-5:
 * an instant without an offset is refused, and so are 24:00:00, leap seconds, `-00:00` and digits below a millisecond.
 * @example parseInstant('2026-12-01T10:00:00+08:00') // { ok: true, value: 1_796_090_400_000 }
 */
export function parseInstant(text: string): Parsed<number, InstantReason> {
  const head = text.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
  const fault = checkPattern(head, 'dddd-dd-ddTdd:dd:dd')
  if (fault !== undefined) return fault
  const date = parseCivil(head.slice(0, 10))
  if (!date.ok) return date

  const [hour, minute, second] = [head.slice(11, 13), head.slice(14, 16), head.slice(17, 19)].map(Number)
  if (hour === undefined || hour > 23) return failure(11, 'noSuchTime')
  if (minute === undefined || minute > 59) return failure(14, 'noSuchTime')
  if (second === undefined || second > 59) return failure(17, 'noSuchTime')

  const fraction = /^\.\d*/.exec(text.slice(head.length))?.[0] ?? ''
  const fractionAt = head.length + 1
  if (fraction === '.') return misfit(text, fractionAt, 'd')
  if (fraction.length - 1 > FRACTION_DIGITS_MAX) {
    const facts = { digitsMax: FRACTION_DIGITS_MAX, digits: fraction.length - 1 }
    return failure(fractionAt + FRACTION_DIGITS_MAX, 'tooManyDigits', facts)
  }
  const offset = parseOffset(text, head.length + fraction.length)
  if (!offset.ok) return offset

  const ms = Number(fraction.slice(1).padEnd(FRACTION_DIGITS_MAX, '0'))
  const minutes = (daysFromCivil(date.value) * 24 + hour) * 60 + minute - offset.value
  return { ok: true, value: minutes * MS_IN_MINUTE + second * 1000 + ms }
}

/** Minutes east of UTC of the offset that fills the rest of the text. */
function parseOffset(text: string, at: number): Parsed<number, InstantReason> {
  const rest = text.slice(at)
  if (rest === 'Z') return { ok: true, value: 0 }
  const sign = rest.startsWith('-') ? '-' : '+'
  const pattern = rest.startsWith('Z') ? 'Z' : `${sign}dd:dd`
  if (checkPattern(rest, pattern) !== undefined) return misfit(text, at, pattern)

  const hours = Number(rest.slice(1, 3))
  const minutes = hours * 60 + Number(rest.slice(4, 6))
  if (rest === '-00:00') return failure(at, 'noSuchOffset') // RFC 3339 keeps it for "offset unknown"
  if (minutes > OFFSET_HOURS_MAX * 60) return failure(at + 1, 'noSuchOffset')
  if (minutes - hours * 60 > 59) return failure(at + 4, 'noSuchOffset')
  return { ok: true, value: sign === '-' ? -minutes : minutes }
}

/** Why the text from `at` on has not the form `pattern`, which the caller knows it has not. */
function misfit(text: string, at: number, pattern: string): ParseFailure<PatternReason> {
  const fault = checkPattern(text.slice(at), pattern)
  if (fault === undefined) throw new Error(`parseInstant: '${text}' fits ${pattern} at ${at} after all`)
  return failure(at + fault.at, fault.reason === 'empty' ? 'tooShort' : fault.reason, fault.facts)
}

function beijingParts(atMs: number): { date: string; time: string } {
  const days = beijingDayNumber(atMs)
  const msOfDay = atMs + BEIJING_OFFSET_MS - days * MS_IN_DAY
  const secondsOfDay = Math.floor(msOfDay / 1000)
  const hour = padded(Math.floor(secondsOfDay / 3600), 2)
  const minute = padded(Math.floor(secondsOfDay / 60) % 60, 2)
  const second = padded(secondsOfDay % 60, 2)
  return { date: formatCivil(civilFromDays(days)), time: `${hour}:${minute}:${second}.${padded(msOfDay % 1000, 3)}` }
}
