export {
  type CivilDate,
  civilFromDays,
  type DateReason,
  daysFromCivil,
  daysInMonth,
  formatCivil,
  isLeapYear,
  parseCivil,
} from './civil.ts'
export { formatInstant, formatInstantIso, type InstantReason, parseInstant } from './instant.ts'
export {
  HOURS_IN_DAY,
  hourLabel,
  hourOfPoint,
  type LabelReason,
  POINTS_IN_DAY,
  POINTS_IN_HOUR,
  parseHourLabel,
  parsePointLabel,
  pointLabel,
} from './label.ts'
export {
  BEIJING_OFFSET_MS,
  type MarketDay,
  MS_IN_DAY,
  marketDayOf,
  marketDayPlus,
  marketDaysBetween,
  startOfMarketDay,
} from './market-day.ts'
export { type DayPoint, endOfPoint, pointAt, pointEndingAt, startOfPoint } from './point.ts'
