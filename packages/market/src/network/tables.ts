import { table } from '../kernel/index.ts'
import type { Change } from './change-fields.ts'

/** A validator of the network: a key that signs blocks, the member that runs it, and who controls that member. */
export type ValidatorRow = {
  readonly name: string
  readonly org: string
  /** Its ultimate controller (实际控制人), as stated: those of one controller count as one. */
  readonly controller: string
  readonly power: number
  /** The block that put it here or last changed it; it counts from the second block after. */
  readonly sinceHeight: number
}

/** A change of the validators that has been proposed and not yet decided, by the id of the proposing act. */
export type ValidatorProposal = {
  readonly change: Change
  readonly proposedBy: string
  readonly proposedMs: number
  readonly lapsesMs: number
  /** The organisations that approve, in the order in which they did. */
  readonly approvals: readonly string[]
}

/** A fault of a validator that its own signatures prove. */
export type MisbehaviourRow = {
  readonly kind: 'duplicateVote' | 'lightClientAttack'
  readonly timeMs: number
  readonly power: number
  readonly totalPower: number
  /** The block that carried the proof. */
  readonly recordedHeight: number
  /** Which validator it is, if it still was one then. */
  readonly key?: string
  readonly org?: string
}

/** By public key, hexadecimal. */
export const validators = table<ValidatorRow>('network/validator')
export const validatorProposals = table<ValidatorProposal>('network/proposal')
/** By the validator's address and the padded height of the fault. */
export const misbehaviours = table<MisbehaviourRow>('network/misbehaviour')

export const heightKey = (height: number): string => String(height).padStart(16, '0')
