import { equalBytes, type Hash } from '@dujiang/core/crypto'
import { merkleRoot } from './merkle.ts'
import { encodeValidator } from './encode.ts'
import type { Validator } from './types.ts'

/** A validator's address: the first 20 bytes of the SHA-256 of its public key. */
export function addressOf(hash: Hash, publicKey: Uint8Array): Uint8Array {
  return hash(publicKey).slice(0, 20)
}

/** A validator with the address its entries in a commit carry. */
export type Member = Validator & { readonly address: Uint8Array }

/** The members in the order of the engine: power descending, then address ascending. Rule COMET-4. */
export function sortedMembers(hash: Hash, validators: readonly Validator[]): readonly Member[] {
  return validators
    .map((validator) => ({ ...validator, address: addressOf(hash, validator.publicKey) }))
    .sort((left, right) => right.power - left.power || compareBytes(left.address, right.address))
}

/**
 * A header's `validatorsHash` or `nextValidatorsHash`. The given order does not matter. Addresses are not hashed, only
 * keys and powers, which determine them.
 */
export function validatorsHash(hash: Hash, validators: readonly Validator[]): Uint8Array {
  return membersHash(hash, sortedMembers(hash, validators))
}

/** {@link validatorsHash} of members that are in order already. */
export function membersHash(hash: Hash, members: readonly Member[]): Uint8Array {
  return merkleRoot(hash, members.map(encodeValidator))
}

/** Why these cannot be a validator set: what the engine refuses too. Undefined when they can. Rule COMET-4. */
export function membersFault(
  members: readonly Member[],
): 'noValidators' | 'validatorInvalid' | 'validatorTwice' | 'powerTooHigh' | undefined {
  if (members.length === 0) return 'noValidators'
  for (const member of members) {
    if (member.publicKey.length !== 32 || !Number.isSafeInteger(member.power) || member.power < 1)
      return 'validatorInvalid'
  }
  const addresses = members.map((member) => member.address).sort(compareBytes)
  for (let i = 1; i < addresses.length; i++) if (equalBytes(addresses[i - 1]!, addresses[i]!)) return 'validatorTwice'
  return totalPower(members) > TOTAL_POWER_MAX ? 'powerTooHigh' : undefined
}

/** The engine's bound on a set's total power, an eighth of the largest int64. */
const TOTAL_POWER_MAX = (2n ** 63n - 1n) / 8n

/** Sum of the powers; bigint because products with thresholds pass 2^53. */
export function totalPower(validators: readonly Validator[]): bigint {
  return validators.reduce((sum, validator) => sum + BigInt(validator.power), 0n)
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!
  }
  return left.length - right.length
}
