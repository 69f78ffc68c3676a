import { POINTS_IN_DAY, requireWithin } from './label.ts'
import { type MarketDay, marketDayOf, startOfMarketDay } from './market-day.ts'

const MS_IN_POINT = 900_000

/** One quarter of an hour of one market day. */
export interface DayPoint {
  readonly day: MarketDay
  /** 1 to 96. */
  readonly point: number
}

/**
 * The first instant of a point, in UTC milliseconds. Throws RangeError when day or point does not exist.
 * @example formatInstant(startOfPoint('2026-12-01', 1)) // '2026-12-01 00:00:00.000'
 */
export function startOfPoint(day: MarketDay, point: number): number {
  return startOfMarketDay(day) + (requireWithin(point, POINTS_IN_DAY, 'point') - 1) * MS_IN_POINT
}

/**
 * The instant a point's label names, in UTC milliseconds: its end, which is already the next point's start.
 * @example formatInstant(endOfPoint('2026-12-01', 96)) // '2026-12-02 00:00:00.000'
 */
export function endOfPoint(day: MarketDay, point: number): number {
  return startOfPoint(day, point) + MS_IN_POINT
}

/**
 * The point an instant lies in, its start included and its end not: where something that happens at `atMs` belongs.
 * @example pointAt(startOfMarketDay('2026-12-01')) // { day: '2026-12-01', point: 1 }
 */
export function pointAt(atMs: number): DayPoint {
  const day = marketDayOf(atMs)
  return { day, point: Math.floor((atMs - startOfMarketDay(day)) / MS_IN_POINT) + 1 }
}

/**
 * The point that ends exactly at `atMs`, where a reading stamped `atMs` belongs: midnight closes the day before.
 * Undefined when no point ends there.
 * @example pointEndingAt(startOfMarketDay('2026-12-01')) // { day: '2026-11-30', point: 96 }
 */
export function pointEndingAt(atMs: number): DayPoint | undefined {
  const last = pointAt(atMs - 1)
  return endOfPoint(last.day, last.point) === atMs ? last : undefined
}
