import { accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { lapseOf } from './lapse.ts'
import { networkRefusals } from './refusals.ts'
import { validatorProposals } from './tables.ts'

const { refuse } = networkRefusals

const schema = s.object({ proposal: s.hex(32, { zh: '变更提案编号', en: 'Id of the proposing act' }) })

/**
 * A member takes its approval back; a proposal that nobody approves is no longer one.
 * Refusals, in order: validatorProposalUnknown, notApproved.
 */
export const validatorWithdraw = defineAct<Payload<typeof schema>>({
  name: 'network.validator.withdraw',
  version: 1,
  title: { zh: '撤回对验证节点变更的同意', en: 'Take back an approval of a change of the validators' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'network', actor: org }),
  decide(view, { org, payload: { proposal: id } }) {
    const proposal = validatorProposals.get(view, id)
    if (proposal === undefined) return decline(refuse.validatorProposalUnknown({ proposal: id }))
    if (!proposal.approvals.includes(org)) return decline(refuse.notApproved({ org, proposal: id }))
    const approvals = proposal.approvals.filter((each) => each !== org)
    const withdrawn = { kind: 'event', name: 'validatorApprovalWithdrawn', data: { proposal: id, org } } as const
    if (approvals.length > 0) return accept(withdrawn, validatorProposals.put({ ...proposal, approvals }, id))
    return accept(withdrawn, validatorProposals.drop(id), { kind: 'cancelWake', wake: lapseOf(id, proposal) })
  },
})
