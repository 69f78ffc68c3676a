import type { RuleSet } from '@dujiang/market'
import type { NoticeTexts } from './notice-texts.ts'

/** The form of a notice as this browser keeps it. */
export interface KeptNotice {
  readonly v: 1
  readonly texts: NoticeTexts
  /** The rule-set that was in force when it was filled in. */
  readonly rules: Pick<RuleSet, 'name' | 'fromMs'>
}

export const keptNotice = (texts: NoticeTexts, { name, fromMs }: RuleSet): KeptNotice => ({
  v: 1,
  texts,
  rules: { name, fromMs },
})

/** Undefined for what another version of this console has kept. */
export function readKeptNotice(value: unknown): KeptNotice | undefined {
  const kept = value as KeptNotice | null
  return kept?.v === 1 ? kept : undefined
}

/** Other rules are in force than when it was filled in. */
export const isOfOtherRules = ({ rules }: KeptNotice, { name, fromMs }: RuleSet): boolean =>
  rules.name !== name || rules.fromMs !== fromMs
