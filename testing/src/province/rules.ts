import type { RuleValues } from '@dujiang/market'

/** Price limits of the sample's sessions, milli-fen/MWh: 0 to 481.44 yuan/MWh. */
export const PRICE_FLOOR = 0
export const PRICE_CAP = 48_144_000
/** 0.01 yuan/MWh. */
export const TICK = 1000
/** 1 MWh. */
export const LOT_WH = 1_000_000
export const STEPS_MAX = 3
export const PERIODS = 24

interface FoundingRules {
  readonly name: string
  readonly document: string
  readonly values: RuleValues
}

/** The founding rule-set SC-2026, with what a ledger wants otherwise. */
export const foundingRulesWith = (over: Partial<RuleValues> = {}): FoundingRules => ({
  name: 'SC-2026',
  document: '示例规则：四川2026年中长期交易观察值（申报价格0~481.44元/MWh），非正式文件',
  values: {
    actsPerMinuteMax: 2000,
    liveStepsMax: 200_000,
    // On one machine blocks come when they are needed: no gap between them is a standstill.
    gateStandstillMs: 0,
    gateExtensionMs: 600_000,
    priceFloor: PRICE_FLOOR,
    priceCap: PRICE_CAP,
    stepsMax: 5,
    priceRules: ['last_pair_mid'],
    tieRules: ['pro_rata', 'time'],
    ...over,
  },
})
