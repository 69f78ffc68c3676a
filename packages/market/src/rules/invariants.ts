import type { Invariant } from '../kernel/index.ts'
import { type RuleSet, currentRules, instantKey, ruleSets } from './tables.ts'

/** No organisation changes the rules alone. Rule RULES-20. */
const twoOrganisations: Invariant = {
  name: 'RULES-20',
  law: { zh: '规则由一单位提出、另一单位批准', en: 'One organisation proposes a rule-set, another approves it' },
  over: [ruleSets.name],
  broken(view, key) {
    const rules = view.get(key) as RuleSet | undefined
    if (rules === undefined) return `${key} has been dropped`
    return rules.proposedBy === rules.approvedBy ? `${rules.proposedBy} alone has set ${rules.name}` : undefined
  },
}

/** What is in force is the newest rule-set whose time has come. Rule RULES-21. */
const newestInForce: Invariant = {
  name: 'RULES-21',
  law: { zh: '现行规则是已到生效时间的最新规则', en: 'The rule-set in force is the newest whose time has come' },
  over: [ruleSets.name, currentRules.name],
  broken(view) {
    const inForce = currentRules.get(view, 'all')
    let newest: RuleSet | undefined
    for (const [key, each] of ruleSets.entries(view)) if (key <= instantKey(view.timeMs)) newest = each
    if (inForce !== undefined && inForce.fromMs === newest?.fromMs && inForce.name === newest.name) return undefined
    return `${inForce?.name} is in force, ${newest?.name} should be`
  },
}

export const ruleInvariants: readonly Invariant[] = [twoOrganisations, newestInForce]
