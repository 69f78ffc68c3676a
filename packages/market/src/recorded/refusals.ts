import { refusals } from '../kernel/index.ts'

export const recordedRefusals = refusals({
  recordedExists: {
    code: 1301,
    zh: '外部场次{session}已存在',
    en: 'Recorded session {session} exists already',
    retry: false,
  },
  recordedUnknown: {
    code: 1302,
    zh: '外部场次{session}不存在',
    en: 'There is no recorded session {session}',
    retry: true,
  },
  notTheRecorder: {
    code: 1303,
    zh: '外部场次{session}由{recorder}登记，不是{org}',
    en: 'Recorded session {session} was opened by {recorder}, not by {org}',
    retry: false,
  },
  recordedPeriodTaken: {
    code: 1304,
    zh: '外部场次{session}时段{period}已登记',
    en: 'Period {period} of recorded session {session} is on record',
    retry: false,
  },
  recordedPeriodOutside: {
    code: 1305,
    zh: '时段{period}超出1~{periods}',
    en: 'Period {period} is not within 1 to {periods}',
    retry: false,
  },
  recordedColumns: {
    code: 1306,
    zh: '{side}方价格{prices}个、电量{volumes}个，须相等',
    en: 'The {side} side has {prices} prices and {volumes} volumes',
    retry: false,
  },
  recordedPrice: {
    code: 1307,
    zh: '{side}方第{step}段价格{price}超出{floor}~{cap}',
    en: 'Price {price} of {side} step {step} leaves the limits {floor} to {cap}',
    retry: false,
  },
  recordedLot: {
    code: 1308,
    zh: '{side}方第{step}段电量{volumeWh}不是{lotWh}的整数倍',
    en: 'Volume {volumeWh} of {side} step {step} is not a multiple of the lot {lotWh}',
    retry: false,
  },
  recordedTotal: {
    code: 1309,
    zh: '{side}方电量合计超出可表示范围',
    en: 'The volumes of the {side} side add up past what can be counted',
    retry: false,
  },
  recordedLimits: {
    code: 1310,
    zh: '价格下限{floor}高于上限{cap}',
    en: 'The price floor {floor} is above the cap {cap}',
    retry: false,
  },
  recordedK: {
    code: 1311,
    zh: '系数k须且仅须与定价规则k同时给出',
    en: 'kPpm goes with price rule k and with no other',
    retry: false,
  },
  publishedBoth: {
    code: 1313,
    zh: '统一价格与各区域价格不得同时给出',
    en: 'One price and prices of areas cannot both have been published',
    retry: false,
  },
  publishedAreaTwice: {
    code: 1314,
    zh: '区域{area}的公布价格重复列出',
    en: 'The published price of area {area} is listed twice',
    retry: false,
  },
  nothingStated: { code: 1312, zh: '未给出任何公布数据', en: 'No published figure is given', retry: false },
})
