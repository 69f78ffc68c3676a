import type { PriceRule, RuleSet, Session, TieRule } from '@dujiang/market'
import { daysInMonth, formatCivil, formatInstant, marketDayOf, marketDayPlus } from '@dujiang/core/time'
import { formatEnergy, formatPrice, formatRatio, milliFenPerMwh, ppm, wh } from '@dujiang/core/units'

/** What has been typed into the form of a notice: prices in 元/兆瓦时, the lot in 兆瓦时, times in Beijing time. */
export interface NoticeTexts {
  readonly session: string
  readonly sequence: string
  readonly name: string
  readonly product: string
  readonly deliveryFrom: string
  readonly deliveryTo: string
  readonly eligibility: string
  readonly contact: string
  readonly periods: string
  readonly priceFloor: string
  readonly priceCap: string
  readonly lotWh: string
  readonly tick: string
  readonly stepsMax: string
  readonly priceRule: PriceRule
  readonly kPpm: string
  readonly tieRule: TieRule
  readonly opensMs: string
  readonly gateMs: string
  readonly remark: string
}
export type NoticeField = keyof NoticeTexts

export const TEMPLATES = ['month24', 'month1'] as const
export type Template = (typeof TEMPLATES)[number]

const LOT_TEXT = '1'
const TICK_TEXT = '0.01'
const STEPS_TEXT = '3'
const K_HALF = '0.5'

/** A notice to begin from: next month's delivery, tomorrow's session, and whatever the rules in force allow. */
export function textsOfTemplate(template: Template, { values }: RuleSet, nowMs: number): NoticeTexts {
  const month = nextMonth(nowMs)
  const sequence = `SC-${month.text}`
  const day = marketDayPlus(marketDayOf(nowMs), 1)
  const is24 = template === 'month24'
  return {
    session: `${sequence}-1`,
    sequence,
    name: `四川省${month.year}年${month.month}月省内月度集中竞价交易`,
    product: is24 ? '省内电能量 24 时段月度集中竞价' : '省内电能量月度集中竞价',
    deliveryFrom: month.first,
    deliveryTo: month.last,
    eligibility: '省调直调水电、火电；批发用户；售电公司',
    contact: '',
    periods: is24 ? '24' : '1',
    priceFloor: formatPrice(milliFenPerMwh(values.priceFloor), '元/MWh'),
    priceCap: formatPrice(milliFenPerMwh(values.priceCap), '元/MWh'),
    lotWh: LOT_TEXT,
    tick: TICK_TEXT,
    stepsMax: String(Math.min(Number(STEPS_TEXT), values.stepsMax)),
    priceRule: values.priceRules[0] as PriceRule,
    kPpm: K_HALF,
    tieRule: values.tieRules[0] as TieRule,
    opensMs: `${day}T09:30`,
    gateMs: `${day}T11:30`,
    remark: '',
  }
}

/** The notice of an earlier session, to be held again: under the next number, tomorrow at the same times of day. */
export function textsOfSession(id: string, session: Session, nowMs: number): NoticeTexts {
  const day = marketDayPlus(marketDayOf(nowMs), 1)
  const at = (ms: number): string => `${day}T${formatInstant(ms).slice(11, 16)}`
  return {
    session: nextId(id),
    sequence: session.sequence,
    name: session.name,
    product: session.product,
    deliveryFrom: session.deliveryFrom,
    deliveryTo: session.deliveryTo,
    eligibility: session.eligibility,
    contact: session.contact,
    periods: String(session.periods),
    priceFloor: formatPrice(milliFenPerMwh(session.priceFloor), '元/MWh'),
    priceCap: formatPrice(milliFenPerMwh(session.priceCap), '元/MWh'),
    lotWh: formatEnergy(wh(session.lotWh), 'MWh'),
    tick: formatPrice(milliFenPerMwh(session.tick), '元/MWh'),
    stepsMax: String(session.stepsMax),
    priceRule: session.priceRule,
    kPpm: session.kPpm === undefined ? K_HALF : formatRatio(ppm(session.kPpm), '1'),
    tieRule: session.tieRule,
    opensMs: at(session.opensMs),
    gateMs: at(session.gateMs),
    remark: session.remark ?? '',
  }
}

/** An instant as an input of date and time has it, in Beijing time. */
export const instantText = (ms: number): string => formatInstant(ms).slice(0, 19).replace(' ', 'T')

function nextMonth(nowMs: number) {
  const [year, month] = marketDayOf(nowMs).split('-').map(Number) as [number, number]
  const next = month === 12 ? { year: year + 1, month: 1 } : { year, month: month + 1 }
  const first = formatCivil({ ...next, day: 1 })
  const last = formatCivil({ ...next, day: daysInMonth(next.year, next.month) })
  return { ...next, first, last, text: first.slice(0, 7) }
}

/** @example nextId('SC-2026-12-1') // SC-2026-12-2 */
function nextId(id: string): string {
  const found = /^(.*?)(\d+)$/.exec(id)
  return found === null ? `${id}-2` : `${found[1]}${Number(found[2]) + 1}`
}
