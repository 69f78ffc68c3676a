import type { Refusal } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'

/** Refusals of the trivial Application; its numbers are its own and mean nothing to the market. */
export const TRIVIAL_REFUSALS = { amountNegative: 901, alarmNotLater: 902, alarmUnknown: 903, orgMuted: 904 } as const

export function trivialRefusal(name: keyof typeof TRIVIAL_REFUSALS, facts: { readonly [fact: string]: Json }): Refusal {
  return { code: TRIVIAL_REFUSALS[name], name, facts }
}
