import { fromHex } from '@dujiang/core/crypto'
import type { Family } from '../kernel/index.ts'
import { networkInvariants } from './invariants.ts'
import { lapse } from './lapse.ts'
import { recordFault } from './misbehaved.ts'
import { networkRefusals } from './refusals.ts'
import { seatFounders } from './seat.ts'
import { misbehaviours, validatorProposals, validators } from './tables.ts'
import { validatorApprove } from './validator-approve.ts'
import { validatorPropose } from './validator-propose.ts'
import { validatorWithdraw } from './validator-withdraw.ts'

export type { Change as ValidatorChange } from './change-fields.ts'
export {
  type MisbehaviourRow,
  type ValidatorProposal,
  type ValidatorRow,
  misbehaviours,
  validatorProposals,
  validators,
} from './tables.ts'

/** Who signs blocks: the members that run a validator decide on it, by more than two thirds of the power. */
export const network: Family = {
  name: 'network',
  title: { zh: '验证节点', en: 'Validators' },
  acts: [validatorPropose, validatorApprove, validatorWithdraw],
  dues: [lapse],
  refusals: networkRefusals,
  owns: [validators, validatorProposals, misbehaviours],
  reads: ['members/org', 'members/key'],
  exports: [validators.name, misbehaviours.name],
  invariants: networkInvariants,
  validators: {
    prefix: `${validators.name}/`,
    read: (view) => [...validators.entries(view)].map(([key, { power }]) => ({ publicKey: fromHex(key), power })),
    seat: seatFounders,
  },
  misbehaved: recordFault,
}
