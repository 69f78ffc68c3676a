import type { Refusal } from '@dujiang/chain'
import { ruleRefusals } from './refusals.ts'
import type { RuleValues } from './values.ts'

const { refuse } = ruleRefusals

/** Blocks come every second, and a few failed rounds take some seconds: less than this is no standstill. */
const STANDSTILL_MS_MIN = 10_000

/** Why values do not go together. Refusals, in order: ruleLimitsCrossed, ruleStandstillShort. */
export function valuesRefusal({ priceFloor, priceCap, gateStandstillMs }: RuleValues): Refusal | undefined {
  if (priceFloor > priceCap) return refuse.ruleLimitsCrossed({ floor: priceFloor, cap: priceCap })
  if (gateStandstillMs > 0 && gateStandstillMs < STANDSTILL_MS_MIN) {
    return refuse.ruleStandstillShort({ gateStandstillMs, leastMs: STANDSTILL_MS_MIN })
  }
  return undefined
}
