import {
  MS_IN_DAY,
  daysInMonth,
  formatCivil,
  marketDayOf,
  marketDayPlus,
  parseCivil,
  startOfMarketDay,
  type CivilDate,
} from '@dujiang/core/time'
import type { RuleValues } from '../rules/index.ts'
import type { NoticePayload } from './notice-fields.ts'
import type { DeliveryOf, HoursOf, NoticeTemplate } from './notice-templates.ts'

const MS_IN_MINUTE = 60_000
const HALF_PPM = 500_000

/**
 * The notice that a template makes on this day under these rules: limits are the rules', on the tick; where the rules do not
 * allow what the template wishes, what they allow first. Every field may be changed before it is announced.
 * @example noticeFrom(template, { session: 'SC-2027-01-1', sequence: 'SC-2027-01', timeMs, values: rules.values })
 */
export function noticeFrom(
  template: NoticeTemplate,
  given: {
    readonly session: string
    readonly sequence: string
    readonly timeMs: number
    readonly values: RuleValues
  },
): NoticePayload {
  const { session, sequence, timeMs, values } = given
  const { product, eligibility, contact, remark, periods, lotWh, tick } = template
  const [from, to] = delivery(template.delivery, dateOf(marketDayOf(timeMs)))
  const priceRule = allowed(template.priceRule, values.priceRules)
  return {
    session,
    sequence,
    name: named(template.name, from, to),
    product,
    deliveryFrom: formatCivil(from),
    deliveryTo: formatCivil(to),
    eligibility,
    contact,
    periods,
    // Added to 0, since −0 has no canonical form.
    priceFloor: 0 + Math.ceil(values.priceFloor / tick) * tick,
    priceCap: 0 + Math.floor(values.priceCap / tick) * tick,
    lotWh,
    tick,
    stepsMax: Math.min(template.stepsMax, values.stepsMax),
    priceRule,
    ...(priceRule === 'k' ? { kPpm: HALF_PPM } : {}),
    tieRule: allowed(template.tieRule, values.tieRules),
    ...hours(template.hours, timeMs),
    ...(remark === undefined ? {} : { remark }),
  }
}

const allowed = <V>(wished: V, all: readonly V[]): V => (all.includes(wished) ? wished : (all[0] as V))

function delivery(of: DeliveryOf, today: CivilDate): readonly [from: CivilDate, to: CivilDate] {
  switch (of.kind) {
    case 'month': {
      const { year, month } = monthsAfter(today, of.ahead)
      return [
        { year, month, day: 1 },
        { year, month, day: daysInMonth(year, month) },
      ]
    }
    case 'tenDays':
      return nextTenDays(today)
    case 'year':
      return [
        { year: today.year + of.ahead, month: 1, day: 1 },
        { year: today.year + of.ahead, month: 12, day: 31 },
      ]
    case 'days': {
      const from = marketDayPlus(formatCivil(today), of.ahead)
      return [dateOf(from), dateOf(marketDayPlus(from, of.days - 1))]
    }
  }
}

/** 21 begins the last part of a month, however long it is. */
function nextTenDays(today: CivilDate): readonly [CivilDate, CivilDate] {
  const { year, month, day } = today
  if (day <= 10)
    return [
      { year, month, day: 11 },
      { year, month, day: 20 },
    ]
  if (day <= 20)
    return [
      { year, month, day: 21 },
      { year, month, day: daysInMonth(year, month) },
    ]
  const next = monthsAfter(today, 1)
  return [
    { ...next, day: 1 },
    { ...next, day: 10 },
  ]
}

function monthsAfter({ year, month }: CivilDate, ahead: number): { readonly year: number; readonly month: number } {
  const months = year * 12 + month - 1 + ahead
  return { year: Math.floor(months / 12), month: (months % 12) + 1 }
}

function hours(of: HoursOf, timeMs: number): { readonly opensMs: number; readonly gateMs: number } {
  if (of.kind === 'soon') {
    const opensMs = timeMs + of.afterMinutes * MS_IN_MINUTE
    return { opensMs, gateMs: opensMs + of.forMinutes * MS_IN_MINUTE }
  }
  const dayMs = startOfMarketDay(marketDayOf(timeMs)) + of.daysAhead * MS_IN_DAY
  return { opensMs: dayMs + of.fromMinute * MS_IN_MINUTE, gateMs: dayMs + of.toMinute * MS_IN_MINUTE }
}

function named(text: string, from: CivilDate, to: CivilDate): string {
  const facts = { year: from.year, month: from.month, from: formatCivil(from), to: formatCivil(to) }
  return text.replace(/\{(year|month|from|to)\}/g, (_, name: keyof typeof facts) => String(facts[name]))
}

function dateOf(day: string): CivilDate {
  const parsed = parseCivil(day)
  if (!parsed.ok) throw new RangeError(`${day} is no day`)
  return parsed.value
}
