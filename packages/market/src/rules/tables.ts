import { table } from '../kernel/index.ts'
import type { RuleValues } from './values.ts'

/** A rule-set in force from an instant on; never overwritten. */
export type RuleSet = {
  /** Its name, such as SC-2026. */
  readonly name: string
  /** The issuing document, as people cite it. */
  readonly document: string
  readonly fromMs: number
  readonly proposedBy: string
  readonly approvedBy: string
  readonly values: RuleValues
}

/** A change proposed and not yet approved, by the id of the proposing act. */
export type Proposal = Omit<RuleSet, 'approvedBy'> & { readonly proposedMs: number }

/** All rule-sets, by the padded instant from which they hold. */
export const ruleSets = table<RuleSet>('rules/set')
/** The one in force now. */
export const currentRules = table<RuleSet>('rules/current')
export const proposals = table<Proposal>('rules/proposal')

export const instantKey = (ms: number): string => String(ms).padStart(16, '0')
