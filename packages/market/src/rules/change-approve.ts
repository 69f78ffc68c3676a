import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { type OrgKey, keys } from '../members/index.ts'
import { RULES_TAKE_EFFECT } from './take-effect.ts'
import { lapseOf } from './lapse.ts'
import { ruleRefusals } from './refusals.ts'
import { instantKey, proposals, ruleSets } from './tables.ts'

const { refuse } = ruleRefusals

const schema = s.object({ proposal: s.hex(32, { zh: '变更提案编号', en: 'Id of the proposing act' }) })

/**
 * Another organisation approves, with a key older than the proposal; the rule-set takes effect by itself at its time.
 * Refusals, in order: proposalUnknown, ownProposal, ruleInstantTaken, ruleKeyTooNew.
 */
export const changeApprove = defineAct<Payload<typeof schema>>({
  name: 'rules.change.approve',
  version: 1,
  title: { zh: '批准规则变更', en: 'Approve a change of the rules' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange', 'regulator'],
  route: (_, org) => ({ stream: 'rules', actor: org }),
  decide(view, { org, key, payload }) {
    const proposal = proposals.get(view, payload.proposal)
    if (proposal === undefined) return decline(refuse.proposalUnknown({ proposal: payload.proposal }))
    const { proposedMs, ...rules } = proposal
    const { proposedBy, fromMs, name } = rules
    if (proposedBy === org) return decline(refuse.ownProposal({ org }))
    const instant = instantKey(fromMs)
    const other = ruleSets.get(view, instant)
    if (other !== undefined) return decline(refuse.ruleInstantTaken({ fromMs, name: other.name }))
    const { sinceMs } = keys.get(view, org, key) as OrgKey
    if (sinceMs >= proposedMs) return decline(refuse.ruleKeyTooNew({ key, sinceMs, proposedMs }))
    return accept(
      proposals.drop(payload.proposal),
      { kind: 'cancelWake', wake: lapseOf(payload.proposal, rules) },
      ruleSets.put({ ...rules, approvedBy: org }, instant),
      { kind: 'wake', wake: { atMs: fromMs, name: RULES_TAKE_EFFECT, key: instant } },
      { kind: 'event', name: 'ruleChangeApproved', data: { proposal: payload.proposal, name, fromMs } },
    )
  },
})
