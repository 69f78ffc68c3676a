import { type Refusal, type View, accept, refuse as decline } from '@dujiang/chain'
import { type Of as Payload, compile, s } from '@dujiang/core/codec'
import { ROLES, defineAct } from '../kernel/index.ts'
import { changeRefusal } from './change-check.ts'
import { changeFields } from './change-fields.ts'
import { isDecided, makeChange } from './decide.ts'
import { lapseOf } from './lapse.ts'
import { powerOfOrg } from './power.ts'
import { networkRefusals } from './refusals.ts'
import { type ValidatorProposal, validatorProposals } from './tables.ts'

const { refuse } = networkRefusals

const LIFETIME_MS = 7 * 86_400_000
/** Open proposals of one organisation. */
const PROPOSALS_MAX = 10

const schema = s.object({ change: changeFields })

/**
 * A member that runs a validator proposes a change of the validators, and so approves it; it is made at once where that is enough.
 * Refusals, in order: runsNoValidator, proposalsMany, then by kind of change ({@link changeRefusal}) validatorExists,
 * validatorKeyUnusable, validatorOrgUnknown, validatorsMany, validatorUnknown, lastValidator, powerOdd, controllerTooStrong.
 */
export const validatorPropose = defineAct<Payload<typeof schema>>({
  name: 'network.validator.propose',
  version: 1,
  title: { zh: '提出验证节点变更', en: 'Propose a change of the validators' },
  schema: compile(schema),
  stage: 'registry',
  roles: ROLES,
  route: (_, org) => ({ stream: 'network', actor: org }),
  decide(view, { id, org, payload: { change } }) {
    const wrong = proposerRefusal(view, org) ?? changeRefusal(view, change)
    if (wrong !== undefined) return decline(wrong)
    const lapsesMs = view.timeMs + LIFETIME_MS
    const proposal: ValidatorProposal = { change, proposedBy: org, proposedMs: view.timeMs, lapsesMs, approvals: [org] }
    const { kind, key } = change
    const proposed = {
      kind: 'event',
      name: 'validatorChangeProposed',
      data: { proposal: id, change: kind, key },
    } as const
    if (isDecided(view, proposal)) return accept(proposed, ...makeChange(view, id, change))
    return accept(proposed, validatorProposals.put(proposal, id), { kind: 'wake', wake: lapseOf(id, proposal) })
  },
})

function proposerRefusal(view: View, org: string): Refusal | undefined {
  if (powerOfOrg(view, org) === 0) return refuse.runsNoValidator({ org })
  let open = 0
  for (const { proposedBy } of validatorProposals.rows(view)) if (proposedBy === org) open++
  return open >= PROPOSALS_MAX ? refuse.proposalsMany({ org, proposalsMax: PROPOSALS_MAX }) : undefined
}
