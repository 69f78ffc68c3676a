import type { PriceRule, TieRule } from '../clearing/index.ts'
import type { Words } from '../kernel/index.ts'

/** When a session delivers, counted from the day on which it is announced (market days, Asia/Shanghai). */
export type DeliveryOf =
  /** The whole month so many months ahead. */
  | { readonly kind: 'month'; readonly ahead: number }
  /** The next part of a month (旬): 1-10, 11-20, 21 to its end. */
  | { readonly kind: 'tenDays' }
  /** The whole year so many years ahead. */
  | { readonly kind: 'year'; readonly ahead: number }
  /** So many days from the one so many ahead. */
  | { readonly kind: 'days'; readonly ahead: number; readonly days: number }

/** When a session takes orders. */
export type HoursOf =
  /** On the market day so many days ahead, from minute to minute of that day. */
  | { readonly kind: 'on'; readonly daysAhead: number; readonly fromMinute: number; readonly toMinute: number }
  /** So many minutes after the announcement, for so many. */
  | { readonly kind: 'soon'; readonly afterMinutes: number; readonly forMinutes: number }

/** A notice to start from: all that does not depend on the day, and the rest as it is counted from the day. */
export interface NoticeTemplate {
  readonly id: string
  readonly title: Words
  /** With `{year}`, `{month}`, `{from}` and `{to}` of the delivery. */
  readonly name: string
  readonly product: string
  readonly eligibility: string
  readonly contact: string
  readonly remark?: string
  readonly delivery: DeliveryOf
  readonly hours: HoursOf
  readonly periods: number
  readonly lotWh: number
  readonly tick: number
  /** Where the rules in force allow it; else what they allow. */
  readonly stepsMax: number
  readonly priceRule: PriceRule
  readonly tieRule: TieRule
}

const MORNING = { kind: 'on', daysAhead: 1, fromMinute: 9 * 60 + 30, toMinute: 11 * 60 + 30 } as const

/** Price limits are in no template: they are those of the rules in force. */
const common = {
  contact: '电力交易中心交易部',
  hours: MORNING,
  periods: 24,
  /** 1 MWh. */
  lotWh: 1_000_000,
  /** 0.01 yuan/MWh. */
  tick: 1_000,
  stepsMax: 3,
  priceRule: 'last_pair_mid',
  tieRule: 'pro_rata',
} as const

const EVERYBODY = '省调直调发电企业；批发用户；售电公司'

/** The call auctions (集中竞价) a trading centre holds again and again, by horizon. */
export const noticeTemplates: readonly NoticeTemplate[] = [
  {
    ...common,
    id: 'month',
    title: { zh: '月度集中竞价', en: 'Monthly call auction' },
    name: '{year}年{month}月省内月度集中竞价交易公告',
    product: '省内电能量 24 时段月度集中竞价',
    eligibility: EVERYBODY,
    delivery: { kind: 'month', ahead: 1 },
    remark: '各时段电量为该时段全月电量，按日均分。',
  },
  {
    ...common,
    id: 'month-surplus',
    title: { zh: '月度富余电量集中竞价（丰水期）', en: 'Monthly call auction of surplus energy (wet season)' },
    name: '{year}年{month}月省内富余电量月度集中竞价交易公告',
    product: '省内富余电量 24 时段月度集中竞价',
    eligibility: '省调直调水电；具备富余电量资格的批发用户、售电公司',
    delivery: { kind: 'month', ahead: 1 },
    remark: '各时段电量为该时段全月电量，按日均分。',
  },
  {
    ...common,
    id: 'ten-days',
    title: { zh: '旬集中竞价（月内）', en: 'Ten-day call auction within the month' },
    name: '{from}至{to}省内月内（旬）集中竞价交易公告',
    product: '省内电能量 24 时段旬集中竞价',
    eligibility: EVERYBODY,
    delivery: { kind: 'tenDays' },
    remark: '各时段电量为该时段全旬电量，按日均分。',
  },
  {
    ...common,
    id: 'year',
    title: { zh: '年度集中竞价', en: 'Annual call auction' },
    name: '{year}年省内年度集中竞价交易公告',
    product: '省内电能量 24 时段年度集中竞价',
    eligibility: EVERYBODY,
    delivery: { kind: 'year', ahead: 1 },
    remark: '各时段电量为该时段全年电量，按日均分。',
  },
  {
    ...common,
    id: 'practice',
    title: { zh: '练习场次（几分钟）', en: 'A practice session of some minutes' },
    name: '{from}练习场次',
    product: '练习：省内电能量',
    eligibility: '受邀单元',
    contact: '练习',
    delivery: { kind: 'days', ahead: 2, days: 1 },
    hours: { kind: 'soon', afterMinutes: 3, forMinutes: 10 },
    remark: '练习用，不作数。',
  },
]
