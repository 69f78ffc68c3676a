import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { lapseOf } from './lapse.ts'
import { ruleRefusals } from './refusals.ts'
import { instantKey, proposals, ruleSets } from './tables.ts'
import { valuesRefusal } from './values-check.ts'
import { ruleValues } from './values.ts'

const { refuse } = ruleRefusals

const schema = s.object({
  name: s.id({ zh: '规则版本', en: 'Name of the rule-set' }),
  document: s.text(200, { zh: '依据文件', en: 'The document it rests on' }),
  fromMs: s.int(0, Number.MAX_SAFE_INTEGER, { zh: '生效时间', en: 'In force from', unit: 'ms' }),
  values: ruleValues,
})

/** A change of the rules is proposed; it lapses at its instant unless it has been approved. Refusals, in order: ruleFromPast, ruleLimitsCrossed, ruleStandstillShort, ruleInstantTaken. */
export const changePropose = defineAct<Payload<typeof schema>>({
  name: 'rules.change.propose',
  version: 1,
  title: { zh: '提出规则变更', en: 'Propose a change of the rules' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange', 'regulator', 'dispatcher', 'grid'],
  route: (_, org) => ({ stream: 'rules', actor: org }),
  decide(view, { id, org, payload }) {
    const { fromMs, values } = payload
    if (fromMs <= view.timeMs) return decline(refuse.ruleFromPast({ fromMs, timeMs: view.timeMs }))
    const wrong = valuesRefusal(values)
    if (wrong !== undefined) return decline(wrong)
    const other = ruleSets.get(view, instantKey(fromMs))
    if (other !== undefined) return decline(refuse.ruleInstantTaken({ fromMs, name: other.name }))
    return accept(
      proposals.put({ ...payload, proposedBy: org, proposedMs: view.timeMs }, id),
      { kind: 'wake', wake: lapseOf(id, payload) },
      { kind: 'event', name: 'ruleChangeProposed', data: { proposal: id, name: payload.name, fromMs } },
    )
  },
})
