import { HOURS_IN_DAY, hourLabel } from '@dujiang/core/time'

/** What a period is called: 00:00-01:00 to 23:00-24:00 where a session has 24 of them, else its number. */
export function periodLabel(period: number, periods: number): string {
  return periods === HOURS_IN_DAY ? hourLabel(period) : String(period)
}

/** @example <Period period={1} periods={24} /> // 00:00-01:00 */
export function Period({ period, periods }: { readonly period: number; readonly periods: number }) {
  return <span className="figure">{periodLabel(period, periods)}</span>
}
