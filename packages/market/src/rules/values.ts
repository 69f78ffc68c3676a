import { type Of, s } from '@dujiang/core/codec'
import { PRICE_RULES, TIE_RULES } from '../clearing/index.ts'

const price = { unit: 'milli-fen/MWh' } as const

/** What a regulator may change about the market, as data. Every field is present, so that a rule-set stands by itself. */
export const ruleValues = s.object({
  /** Quotas. */
  actsPerMinuteMax: s.int(1, 1_000_000, { zh: '每个市场成员每分钟操作上限', en: 'Acts a minute, per organisation' }),
  /** No block is made while a gate is cleared: a million steps took 2.3 s on two shared cores. */
  liveStepsMax: s.int(2, 1_000_000, { zh: '每场次有效申报段数上限', en: 'Live steps of a session' }),
  /** Only where blocks come by themselves: on one machine they come when needed, and a quiet hour is no standstill. */
  gateStandstillMs: s.int(0, 86_400_000, {
    zh: '账本停顿超过多久则顺延闭市（0 为不顺延，单机账本须为 0；否则至少 10 秒）',
    en: 'A gate moves when no block came for longer than this; 0 for never, as on one machine, else 10 s or more',
    unit: 'ms',
  }),
  gateExtensionMs: s.int(60_000, 86_400_000, {
    zh: '顺延后的闭市距恢复后首个区块的时间',
    en: 'From the first block after a standstill to the moved gate',
    unit: 'ms',
  }),
  /** Bounds of a notice. */
  priceFloor: s.int(-1_000_000_000, 1_000_000_000, {
    zh: '价格下限',
    en: 'Lowest price limit a notice may set',
    ...price,
  }),
  priceCap: s.int(-1_000_000_000, 1_000_000_000, {
    zh: '价格上限',
    en: 'Highest price limit a notice may set',
    ...price,
  }),
  stepsMax: s.int(1, 20, { zh: '每时段段数上限', en: 'Most steps a notice may allow' }),
  priceRules: s.list(
    s.enumOf([...PRICE_RULES]),
    { min: 1, max: PRICE_RULES.length },
    { zh: '可用定价规则', en: 'Price rules a notice may name' },
  ),
  tieRules: s.list(
    s.enumOf([...TIE_RULES]),
    { min: 1, max: TIE_RULES.length },
    { zh: '可用边际分配规则', en: 'Tie rules a notice may name' },
  ),
})
export type RuleValues = Of<typeof ruleValues>
