import type { Json } from '@dujiang/core/codec'
import type { Refusal } from './application.ts'

/**
 * Why bytes are not admitted. They leave no receipt, no id and no state; the engine learns the number only.
 * Numbers 1 to 99 are the chain's, permanent, never reused.
 */
export const ADMISSION = {
  malformed: 1,
  wrongShape: 2,
  tooLarge: 3,
  wrongChain: 4,
  wrongDomain: 5,
  unknownAct: 6,
  unknownKey: 7,
  keyNotLive: 8,
  badSignature: 9,
  expired: 10,
  lifetimeTooLong: 11,
  repeated: 12,
  overQuota: 13,
  notPermitted: 14,
} as const

export type AdmissionName = keyof typeof ADMISSION

/** A refusal at admission. */
export interface Admission extends Refusal {
  readonly admission: true
}

export function inadmissible(name: AdmissionName, facts: { readonly [fact: string]: Json } = {}): Admission {
  return { admission: true, code: ADMISSION[name], name, facts }
}

export const isInadmissible = (outcome: object): outcome is Admission => 'admission' in outcome
