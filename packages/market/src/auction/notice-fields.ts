import { type Of, s } from '@dujiang/core/codec'
import { PERIODS_MAX, PRICE_MAX, STEPS_MAX, VOLUME_WH_MAX } from './bounds.ts'
import { PRICE_RULES, TIE_RULES } from '../clearing/index.ts'

const price = { unit: 'milli-fen/MWh' } as const

/** The notice (公告) of a session, as the announcing act carries it. */
export const noticeFields = {
  sequence: s.id({ zh: '交易序列编号', en: 'Sequence id' }),
  name: s.text(200, { zh: '公告名称', en: 'Name of the notice' }),
  product: s.text(100, { zh: '交易品种', en: 'Product' }),
  deliveryFrom: s.date({ zh: '交割起始日', en: 'First day of delivery' }),
  deliveryTo: s.date({ zh: '交割终止日', en: 'Last day of delivery' }),
  eligibility: s.text(500, { zh: '参与范围', en: 'Who may take part' }),
  contact: s.text(200, { zh: '联系方式', en: 'Contact' }),
  periods: s.int(1, PERIODS_MAX, { zh: '时段数', en: 'Number of periods' }),
  priceFloor: s.int(-PRICE_MAX, PRICE_MAX, { zh: '申报价格下限', en: 'Lower price limit', ...price }),
  priceCap: s.int(-PRICE_MAX, PRICE_MAX, { zh: '申报价格上限', en: 'Upper price limit', ...price }),
  lotWh: s.int(1, VOLUME_WH_MAX, { zh: '最小申报电量', en: 'Lot', unit: 'Wh' }),
  tick: s.int(1, PRICE_MAX, { zh: '最小变动价位', en: 'Tick', ...price }),
  stepsMax: s.optional(
    s.int(1, STEPS_MAX, { zh: '每时段最多段数（不填为 3）', en: 'Most steps in a period; 3 unless given' }),
  ),
  priceRule: s.enumOf([...PRICE_RULES], { zh: '定价规则', en: 'Price rule' }),
  kPpm: s.optional(s.int(0, 1_000_000, { zh: '系数 k（定价规则 k）', en: 'Weight k of price rule k', unit: 'ppm' })),
  tieRule: s.enumOf([...TIE_RULES], { zh: '边际分配规则', en: 'Tie rule' }),
  opensMs: s.int(0, Number.MAX_SAFE_INTEGER, { zh: '申报开始时间', en: 'Opens at', unit: 'ms' }),
  gateMs: s.int(0, Number.MAX_SAFE_INTEGER, { zh: '申报截止时间（闭市）', en: 'Gate', unit: 'ms' }),
  remark: s.optional(s.text(500, { zh: '备注', en: 'Remark' })),
}

/** The whole of the act's payload. */
export const noticeShape = { session: s.id({ zh: '场次编号', en: 'Session id' }), ...noticeFields }
export const noticeSchema = s.object(noticeShape)
export type NoticePayload = Of<typeof noticeSchema>
