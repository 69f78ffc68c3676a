import {
  type NoticePayload,
  type NoticeTemplate,
  type PriceRule,
  type RuleSet,
  type TieRule,
  noticeFrom,
} from '@dujiang/market'
import { formatInstant, marketDayOf, marketDayPlus } from '@dujiang/core/time'
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

const HALF_TEXT = '0.5'

/** A template as it is on this day under these rules; the ids follow the month of delivery and are not taken. */
export function textsOfTemplate(
  template: NoticeTemplate,
  { values }: RuleSet,
  timeMs: number,
  taken: ReadonlySet<string>,
): NoticeTexts {
  const notice = noticeFrom(template, { session: '', sequence: '', timeMs, values })
  const sequence = `SC-${notice.deliveryFrom.slice(0, template.delivery.kind === 'year' ? 4 : 7)}`
  return textsOf({ ...notice, sequence, session: freeId(`${sequence}-1`, taken) })
}

/** The notice of an earlier session, to be held again: under the next free number, tomorrow at the same times of day. */
export function textsOfSession(notice: NoticePayload, timeMs: number, taken: ReadonlySet<string>): NoticeTexts {
  const day = marketDayPlus(marketDayOf(timeMs), 1)
  const tomorrow = (ms: number): string => `${day} ${instantText(ms).slice(11)}`
  const { opensMs, gateMs } = notice
  const session = freeId(notice.session, taken)
  return { ...textsOf(notice), session, opensMs: tomorrow(opensMs), gateMs: tomorrow(gateMs) }
}

/** A notice as somebody would have typed it. */
function textsOf(notice: NoticePayload): NoticeTexts {
  const yuan = (price: number): string => formatPrice(milliFenPerMwh(price), '元/MWh')
  const { periods, stepsMax, priceFloor, priceCap, tick, lotWh, kPpm, opensMs, gateMs, remark, ...same } = notice
  return {
    ...same,
    periods: String(periods),
    stepsMax: stepsMax === undefined ? '' : String(stepsMax),
    priceFloor: yuan(priceFloor),
    priceCap: yuan(priceCap),
    tick: yuan(tick),
    lotWh: formatEnergy(wh(lotWh), 'MWh'),
    kPpm: kPpm === undefined ? HALF_TEXT : formatRatio(ppm(kPpm), '1'),
    opensMs: instantText(opensMs),
    gateMs: instantText(gateMs),
    remark: remark ?? '',
  }
}

/** An instant as it is typed, in Beijing time. */
export const instantText = (ms: number): string => formatInstant(ms).slice(0, 19)

/** @example freeId('SC-2026-12-1', new Set(['SC-2026-12-1'])) // SC-2026-12-2 */
function freeId(id: string, taken: ReadonlySet<string>): string {
  const [, head = `${id}-`, number = '1'] = /^(.*?)(\d+)$/.exec(id) ?? []
  let at = Number(number)
  while (taken.has(`${head}${at}`)) at++
  return `${head}${at}`
}
