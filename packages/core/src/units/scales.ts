/** One unit people write a quantity in: how many digits its smallest step lies behind the point, and what it is called. */
export interface UnitOfScale {
  readonly scale: number
  readonly zh: string
  readonly en: string
}

/** Energy, stored in Wh. 1 万千瓦时 is 10^4 kWh. */
export const ENERGY_UNITS = {
  Wh: { scale: 0, zh: '瓦时', en: ' Wh' },
  kWh: { scale: 3, zh: '千瓦时', en: ' kWh' },
  MWh: { scale: 6, zh: '兆瓦时', en: ' MWh' },
  万千瓦时: { scale: 7, zh: '万千瓦时', en: ' ×10⁴ kWh' },
} as const satisfies Readonly<Record<string, UnitOfScale>>

/** Power, stored in W. */
export const POWER_UNITS = {
  W: { scale: 0, zh: '瓦', en: ' W' },
  kW: { scale: 3, zh: '千瓦', en: ' kW' },
  MW: { scale: 6, zh: '兆瓦', en: ' MW' },
  万千瓦: { scale: 7, zh: '万千瓦', en: ' ×10⁴ kW' },
} as const satisfies Readonly<Record<string, UnitOfScale>>

/** Money, stored in fen. */
export const MONEY_UNITS = {
  fen: { scale: 0, zh: '分', en: ' fen' },
  元: { scale: 2, zh: '元', en: ' yuan' },
  万元: { scale: 6, zh: '万元', en: ' ×10⁴ yuan' },
} as const satisfies Readonly<Record<string, UnitOfScale>>

/** Prices, stored in milli-fen/MWh. 1 yuan/kWh is 1000 yuan/MWh. */
export const PRICE_UNITS = {
  'milliFen/MWh': { scale: 0, zh: '毫分/兆瓦时', en: ' milli-fen/MWh' },
  '元/MWh': { scale: 5, zh: '元/兆瓦时', en: ' yuan/MWh' },
  '元/kWh': { scale: 8, zh: '元/千瓦时', en: ' yuan/kWh' },
} as const satisfies Readonly<Record<string, UnitOfScale>>

/** Ratios, stored in parts per million; '1' is the bare number. */
export const RATIO_UNITS = {
  ppm: { scale: 0, zh: ' ppm', en: ' ppm' },
  '%': { scale: 4, zh: '%', en: '%' },
  '1': { scale: 6, zh: '', en: '' },
} as const satisfies Readonly<Record<string, UnitOfScale>>

export type EnergyUnit = keyof typeof ENERGY_UNITS
export type PowerUnit = keyof typeof POWER_UNITS
export type MoneyUnit = keyof typeof MONEY_UNITS
export type PriceUnit = keyof typeof PRICE_UNITS
export type RatioUnit = keyof typeof RATIO_UNITS
