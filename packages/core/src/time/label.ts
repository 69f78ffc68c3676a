import { failure, type Parsed } from '../units/parsed.ts'
import { checkPattern, padded, type PatternReason } from './pattern.ts'

export const POINTS_IN_DAY = 96
export const HOURS_IN_DAY = 24
export const POINTS_IN_HOUR = 4
const MINUTES_IN_POINT = 15

/**
 * Why a text labels no interval of the day. `startLabel`: it names the interval's start where an end belongs; its facts
 * hold the remedy `useEndLabel`, the right `label` and, in days, where that label lies (`dayOffset`).
 */
export type LabelReason = PatternReason | 'startLabel' | 'offGrid' | 'outOfDay' | 'notOneHour'

/**
 * The label of a point: the **end** of its quarter of an hour. Rule TIME-3. Throws RangeError outside 1 to 96.
 * @example pointLabel(1) // '00:15'; pointLabel(96) is '24:00'
 */
export function pointLabel(point: number): string {
  const minutes = requireWithin(point, POINTS_IN_DAY, 'point') * MINUTES_IN_POINT
  return `${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)}`
}

/**
 * The point, 1 to 96, whose quarter of an hour ends at the label. Rule TIME-3: '00:00' is refused, since it is either the
 * day before's '24:00' or a file labelled by starts, and guessing moves a whole day by one point.
 * @example parsePointLabel('24:00') // { ok: true, value: 96 }
 * @example parsePointLabel('00:00')
 * // { ok: false, at: 0, reason: 'startLabel', facts: { remedy: 'useEndLabel', label: '24:00', dayOffset: -1 } }
 */
export function parsePointLabel(text: string): Parsed<number, LabelReason> {
  const fault = checkPattern(text, 'dd:dd')
  if (fault !== undefined) return fault
  const hour = Number(text.slice(0, 2))
  const minute = Number(text.slice(3, 5))
  if (hour > HOURS_IN_DAY) return failure(0, 'outOfDay')
  if (minute > 59 || (hour === HOURS_IN_DAY && minute > 0)) return failure(3, 'outOfDay')
  if (hour === 0 && minute === 0) {
    return failure(0, 'startLabel', { remedy: 'useEndLabel', label: '24:00', dayOffset: -1 })
  }
  if (minute % MINUTES_IN_POINT !== 0) return failure(3, 'offGrid', { gridMinutes: MINUTES_IN_POINT })
  return { ok: true, value: (hour * 60 + minute) / MINUTES_IN_POINT }
}

/**
 * The label of an hour, start and end. Rule TIME-4. Throws RangeError outside 1 to 24.
 * @example hourLabel(1) // '00:00-01:00'; hourLabel(24) is '23:00-24:00'
 */
export function hourLabel(hour: number): string {
  const end = requireWithin(hour, HOURS_IN_DAY, 'hour')
  return `${padded(end - 1, 2)}:00-${padded(end, 2)}:00`
}

/**
 * The hour, 1 to 24, of a label. Rule TIME-4: '23:00-00:00' is refused with the remedy `useEndLabel`.
 * @example parseHourLabel('23:00-24:00') // { ok: true, value: 24 }
 */
export function parseHourLabel(text: string): Parsed<number, LabelReason> {
  const fault = checkPattern(text, 'dd:dd-dd:dd')
  if (fault !== undefined) return fault
  const start = Number(text.slice(0, 2))
  const end = Number(text.slice(6, 8))
  if (start >= HOURS_IN_DAY) return failure(0, 'outOfDay')
  if (text.slice(3, 5) !== '00') return failure(3, 'offGrid', { gridMinutes: 60 })
  if (end > HOURS_IN_DAY) return failure(6, 'outOfDay')
  if (text.slice(9, 11) !== '00') return failure(9, 'offGrid', { gridMinutes: 60 })
  if (start === HOURS_IN_DAY - 1 && end === 0) {
    return failure(6, 'startLabel', { remedy: 'useEndLabel', label: hourLabel(HOURS_IN_DAY), dayOffset: 0 })
  }
  if (end !== start + 1) return failure(6, 'notOneHour')
  return { ok: true, value: end }
}

/**
 * The hour, 1 to 24, a point belongs to.
 * @example hourOfPoint(4) // 1: '01:00' ends the first hour; hourOfPoint(5) is 2
 */
export function hourOfPoint(point: number): number {
  return Math.ceil(requireWithin(point, POINTS_IN_DAY, 'point') / POINTS_IN_HOUR)
}

/** `value`, or RangeError when it is not a whole number from 1 to `max`. */
export function requireWithin(value: number, max: number, name: string): number {
  if (!Number.isInteger(value) || value < 1 || value > max) {
    throw new RangeError(`the ${name} ${value} is not within 1..${max}`)
  }
  return value
}
