import { equalBytes, type Hash, merkleRoot } from '@dujiang/core/crypto'
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

/** Why these cannot be a validator set. */
export type MembersFault = {
  readonly reason: 'noValidators' | 'validatorInvalid' | 'validatorTwice' | 'totalPowerTooHigh'
}

/**
 * What is wrong with these as a validator set, or undefined. Rule COMET-4: at least one, 32-byte keys, powers of 1 or
 * more that sum to a safe integer (the engine allows up to 2^60, no set of ours needs it), nobody twice.
 */
export function membersFault(members: readonly Member[]): MembersFault | undefined {
  if (members.length === 0) return { reason: 'noValidators' }
  for (const { publicKey, power } of members) {
    if (publicKey.length !== 32 || !Number.isSafeInteger(power) || power < 1) return { reason: 'validatorInvalid' }
  }
  const addresses = members.map((member) => member.address).sort(compareBytes)
  for (let i = 1; i < addresses.length; i++) {
    if (equalBytes(addresses[i - 1]!, addresses[i]!)) return { reason: 'validatorTwice' }
  }
  // A sum of floats above 2^53 may be off, but never falls back below it.
  return Number.isSafeInteger(totalPower(members)) ? undefined : { reason: 'totalPowerTooHigh' }
}

/** Sum of the powers. */
export function totalPower(validators: readonly Validator[]): number {
  return validators.reduce((sum, validator) => sum + validator.power, 0)
}

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  for (let i = 0; i < left.length && i < right.length; i++) {
    if (left[i] !== right[i]) return left[i]! - right[i]!
  }
  return left.length - right.length
}
