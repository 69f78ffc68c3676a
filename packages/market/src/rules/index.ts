import { Defect, type View } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import type { Family } from '../kernel/index.ts'
import { changeApprove } from './change-approve.ts'
import { changePropose } from './change-propose.ts'
import { ruleInvariants } from './invariants.ts'
import { lapse } from './lapse.ts'
import { ruleRefusals } from './refusals.ts'
import { type RuleSet, currentRules, instantKey, proposals, ruleSets } from './tables.ts'
import { takeEffect } from './take-effect.ts'
import { valuesRefusal } from './values-check.ts'
import { ruleValues } from './values.ts'

export { type RuleSet, currentRules, ruleSets } from './tables.ts'
export type { RuleValues } from './values.ts'

const section = s.object({ name: s.id(), document: s.text(200), values: ruleValues })
const compiled = compile(section)
export type RulesGenesis = Of<typeof section>

/** The rule-set in force. */
export function rulesNow(view: View): RuleSet {
  const rules = currentRules.get(view, 'all')
  if (rules === undefined) throw new Defect('RULES-23', 'no rule-set is in force; the genesis file founds one')
  return rules
}

/** Effective-dated rule-sets: a change is proposed by one organisation and approved by another. */
export const rules: Family = {
  name: 'rules',
  title: { zh: '市场规则', en: 'Rules' },
  acts: [changePropose, changeApprove],
  dues: [takeEffect, lapse],
  refusals: ruleRefusals,
  owns: [ruleSets, currentRules, proposals],
  reads: ['members/key'],
  exports: [ruleSets.name, currentRules.name],
  invariants: ruleInvariants,
  initialise(given) {
    const problem = compiled.explain(given)
    if (problem !== undefined) throw new Error(`genesis: /app/state/rules${problem.path} ${problem.rule}`)
    const { name, document, values } = given as unknown as RulesGenesis
    const wrong = valuesRefusal(values)
    if (wrong !== undefined) throw new Error(`genesis: /app/state/rules/values ${wrong.name}`)
    const founding: RuleSet = { name, document, values, fromMs: 0, proposedBy: 'genesis', approvedBy: 'genesis' }
    return [ruleSets.put(founding, instantKey(0)), currentRules.put(founding, 'all')]
  },
}
