import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { type OrgKey, keys } from '../members/index.ts'
import { changeRefusal } from './change-check.ts'
import { isDecided, makeChange } from './decide.ts'
import { lapseOf } from './lapse.ts'
import { powerOfOrg } from './power.ts'
import { networkRefusals } from './refusals.ts'
import { validatorProposals } from './tables.ts'

const { refuse } = networkRefusals

const schema = s.object({ proposal: s.hex(32, { zh: '变更提案编号', en: 'Id of the proposing act' }) })

/**
 * A member that runs a validator approves, with a key older than the proposal; with the approval that makes it enough, the
 * change is made. Who has approved may do so again when others have left the set since and it is enough now.
 * Refusals, in order: validatorProposalUnknown, runsNoValidator, approvalKeyTooNew, alreadyApproved, then by kind of change
 * ({@link changeRefusal}) validatorExists, validatorKeyUnusable, validatorOrgUnknown, validatorsMany, validatorUnknown,
 * lastValidator, powerOdd, controllerTooStrong.
 */
export const validatorApprove = defineAct<Payload<typeof schema>>({
  name: 'network.validator.approve',
  version: 1,
  title: { zh: '同意验证节点变更', en: 'Approve a change of the validators' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'network', actor: org }),
  decide(view, { org, key, payload: { proposal: id } }) {
    const proposal = validatorProposals.get(view, id)
    if (proposal === undefined) return decline(refuse.validatorProposalUnknown({ proposal: id }))
    if (powerOfOrg(view, org) === 0) return decline(refuse.runsNoValidator({ org }))
    const { change, approvals: before, proposedMs } = proposal
    const { sinceMs } = keys.get(view, org, key) as OrgKey
    if (sinceMs >= proposedMs) return decline(refuse.approvalKeyTooNew({ key, sinceMs, proposedMs }))
    const approvals = before.includes(org) ? before : [...before, org]
    const decided = isDecided(view, { approvals })
    if (approvals === before && !decided) return decline(refuse.alreadyApproved({ org, proposal: id }))
    const wrong = changeRefusal(view, change)
    if (wrong !== undefined) return decline(wrong)

    const approved = { kind: 'event', name: 'validatorChangeApproved', data: { proposal: id, org } } as const
    if (!decided) return accept(approved, validatorProposals.put({ ...proposal, approvals }, id))
    return accept(
      approved,
      validatorProposals.drop(id),
      { kind: 'cancelWake', wake: lapseOf(id, proposal) },
      ...makeChange(view, id, change),
    )
  },
})
