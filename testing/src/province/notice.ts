import type { NoticePayload } from '@dujiang/market'
import { formatCivil } from '@dujiang/core/time'
import { type Month, daysOf, monthText, seasonOf } from './months.ts'
import { LOT_WH, PERIODS, PRICE_CAP, PRICE_FLOOR, STEPS_MAX, TICK } from './rules.ts'

const texts = {
  dry: {
    name: '省内月度集中竞价交易（示例）',
    product: '省内电能量 24 时段月度集中竞价',
    eligibility: '省调直调水电、火电；批发用户；售电公司',
  },
  wet: {
    name: '省内富余电量月度集中竞价交易（示例）',
    product: '省内富余电量 24 时段月度集中竞价',
    eligibility: '省调直调水电；具备富余电量资格的批发用户、售电公司',
  },
}

export const sequenceOf = (month: Month): string => `SC-${monthText(month)}`
export const sessionOf = (month: Month): string => `${sequenceOf(month)}-1`

/** 四川省2026年12月省内月度集中竞价交易（示例） */
export const sequenceName = (month: Month): string =>
  `四川省${month.year}年${month.month}月${texts[seasonOf(month)].name}`

/** When the session would be held in earnest, as the notice prints it: a day in the month before delivery. */
export interface NominalTimes {
  readonly opens: string
  readonly gate: string
}

export function nominalTimes({ year, month }: Month): NominalTimes {
  const before = month === 1 ? { year: year - 1, month: 12 } : { year, month: month - 1 }
  const day = formatCivil({ ...before, day: 24 })
  return { opens: `${day} 09:30`, gate: `${day} 11:30` }
}

/** The notice (公告) of a month's session. Its real times are given; its nominal ones stand in the remark. */
export function noticeOf(month: Month, opensMs: number, gateMs: number): NoticePayload {
  const { product, eligibility } = texts[seasonOf(month)]
  const nominal = nominalTimes(month)
  return {
    session: sessionOf(month),
    sequence: sequenceOf(month),
    name: sequenceName(month),
    product,
    deliveryFrom: formatCivil({ ...month, day: 1 }),
    deliveryTo: formatCivil({ ...month, day: daysOf(month) }),
    eligibility,
    contact: '交易一部（示例）',
    periods: PERIODS,
    priceFloor: PRICE_FLOOR,
    priceCap: PRICE_CAP,
    lotWh: LOT_WH,
    tick: TICK,
    stepsMax: STEPS_MAX,
    priceRule: 'last_pair_mid',
    tieRule: 'pro_rata',
    opensMs,
    gateMs,
    remark: `演示加速：名义申报时间 ${nominal.opens} 至 ${nominal.gate}，实际以本公告的开始、截止时间为准。各时段电量为该时段全月电量，按日均分。价格均为虚构。`,
  }
}
