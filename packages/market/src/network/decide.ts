import type { Effect, View } from '@dujiang/chain'
import type { Change } from './change-fields.ts'
import { decides, powerOf } from './power.ts'
import { type ValidatorProposal, type ValidatorRow, validators } from './tables.ts'

/** Do those who approve hold what it takes, counted by the validators there are now? */
export function isDecided(view: View, { approvals }: Pick<ValidatorProposal, 'approvals'>): boolean {
  return decides(
    powerOf(view, ({ org }) => approvals.includes(org)),
    powerOf(view),
  )
}

/** A decided change, as what it writes; {@link changeRefusal} has found nothing against it. */
export function makeChange(view: View, proposal: string, change: Change): readonly Effect[] {
  const { kind, key } = change
  const power = kind === 'remove' ? 0 : change.power
  const event: Effect = { kind: 'event', name: 'validatorsChanged', data: { proposal, change: kind, key, power } }
  if (kind === 'remove') return [validators.drop(key), event]
  const sinceHeight = view.height
  if (kind === 'power') {
    const row = validators.get(view, key) as ValidatorRow
    return [validators.put({ ...row, power, sinceHeight }, key), event]
  }
  const { name, org, controller } = change
  return [validators.put({ name, org, controller, power, sinceHeight }, key), event]
}
