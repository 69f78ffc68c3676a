import { Defect, type Wake } from '@dujiang/chain'
import type { Due } from '../kernel/index.ts'
import { type Proposal, proposals } from './tables.ts'

const RULES_LAPSE = 'rules.lapse'

/** What ends a proposal at the instant from which it would have held. */
export const lapseOf = (proposal: string, { fromMs }: Pick<Proposal, 'fromMs'>): Wake => ({
  atMs: fromMs,
  name: RULES_LAPSE,
  key: proposal,
})

/** A proposal that nobody has approved before its instant is dropped. */
export const lapse: Due = {
  name: RULES_LAPSE,
  title: { zh: '规则变更提案失效', en: 'A proposal lapses' },
  fall(view, proposal) {
    const row = proposals.get(view, proposal)
    if (row === undefined) throw new Defect('RULES-24', `no proposal ${proposal}`)
    const { name, fromMs } = row
    return [proposals.drop(proposal), { kind: 'event', name: 'ruleChangeLapsed', data: { proposal, name, fromMs } }]
  },
}
