import { Defect, type Wake } from '@dujiang/chain'
import type { Due } from '../kernel/index.ts'
import { type ValidatorProposal, validatorProposals } from './tables.ts'

const NETWORK_LAPSE = 'network.lapse'

/** What ends a proposal that has not been decided in time. */
export const lapseOf = (proposal: string, { lapsesMs }: Pick<ValidatorProposal, 'lapsesMs'>): Wake => ({
  atMs: lapsesMs,
  name: NETWORK_LAPSE,
  key: proposal,
})

/** A proposal lapses with its approvals. */
export const lapse: Due = {
  name: NETWORK_LAPSE,
  title: { zh: '验证节点变更提案失效', en: 'A proposal about the validators lapses' },
  fall(view, proposal) {
    const row = validatorProposals.get(view, proposal)
    if (row === undefined) throw new Defect('NETWORK-22', `no proposal ${proposal}`)
    const { kind, key } = row.change
    return [
      validatorProposals.drop(proposal),
      { kind: 'event', name: 'validatorChangeLapsed', data: { proposal, change: kind, key } },
    ]
  },
}
