import { Defect } from '@dujiang/chain'
import type { Due } from '../kernel/index.ts'
import { currentRules, ruleSets } from './tables.ts'

export const RULES_TAKE_EFFECT = 'rules.takeEffect'

/** A rule-set approved before takes the place of the one in force. */
export const takeEffect: Due = {
  name: RULES_TAKE_EFFECT,
  title: { zh: '规则生效', en: 'A rule-set takes effect' },
  fall(view, key) {
    const rules = ruleSets.get(view, key)
    if (rules === undefined) throw new Defect('RULES-22', `no rule-set at ${key}`)
    return [
      currentRules.put(rules, 'all'),
      { kind: 'event', name: 'rulesInForce', data: { name: rules.name, fromMs: rules.fromMs } },
    ]
  },
}
