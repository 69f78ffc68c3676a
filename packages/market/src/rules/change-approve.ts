import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { RULES_TAKE_EFFECT } from './take-effect.ts'
import { ruleRefusals } from './refusals.ts'
import { instantKey, proposals, ruleSets } from './tables.ts'

const { refuse } = ruleRefusals

const schema = s.object({ proposal: s.hex(32, { zh: '变更提案编号', en: 'Id of the proposing act' }) })

/**
 * Another organisation approves; the rule-set takes effect by itself at its time.
 * Refusals, in order: proposalUnknown, ownProposal, proposalLate, ruleInstantTaken.
 */
export const changeApprove = defineAct<Payload<typeof schema>>({
  name: 'rules.change.approve',
  version: 1,
  title: { zh: '批准规则变更', en: 'Approve a change of the rules' },
  schema: compile(schema),
  stage: 'registry',
  roles: ['exchange', 'regulator'],
  route: (_, org) => ({ stream: 'rules', actor: org }),
  decide(view, { org, payload }) {
    const proposal = proposals.get(view, payload.proposal)
    if (proposal === undefined) return decline(refuse.proposalUnknown({ proposal: payload.proposal }))
    if (proposal.proposedBy === org) return decline(refuse.ownProposal({ org }))
    const { fromMs, name } = proposal
    if (fromMs <= view.timeMs) return decline(refuse.proposalLate({ fromMs }))
    const key = instantKey(fromMs)
    const other = ruleSets.get(view, key)
    if (other !== undefined) return decline(refuse.ruleInstantTaken({ fromMs, name: other.name }))
    return accept(
      proposals.drop(payload.proposal),
      ruleSets.put({ ...proposal, approvedBy: org }, key),
      { kind: 'wake', wake: { atMs: fromMs, name: RULES_TAKE_EFFECT, key } },
      { kind: 'event', name: 'ruleChangeApproved', data: { proposal: payload.proposal, name, fromMs } },
    )
  },
})
