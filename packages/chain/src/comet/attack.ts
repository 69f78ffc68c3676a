import { equalBytes, type Hash, toHex } from '@dujiang/core/crypto'
import type { Evidence, EngineValidator } from './evidence.ts'
import { encodeLightBlock } from './evidence-encode.ts'
import type { LightBlock } from './light.ts'
import { type Header, type Timestamp, type Validator, voteFlag } from './types.ts'
import { type Member, sortedMembers, totalPower } from './validators.ts'

/** A false header that enough validators signed, and who can be named for it. Rule COMET-20. */
export type LightAttack = {
  readonly kind: 'lunatic' | 'equivocation' | 'amnesia'
  readonly conflicting: LightBlock
  /** The height, the time and the whole power by which the attack is dated and weighed. */
  readonly commonHeight: number
  readonly time: Timestamp
  readonly totalPower: number
  /** By power descending, then address; nobody in an amnesia attack. */
  readonly byzantine: readonly Validator[]
}

/** The last header both chains share, or what a genesis file says before the first. */
export type CommonGround = {
  readonly header: Pick<Header, 'height' | 'time'>
  readonly validators: readonly Validator[]
}

/** Fields that follow from the state before: honest validators cannot disagree about them. */
const derivedFields = ['validatorsHash', 'nextValidatorsHash', 'consensusHash', 'appHash', 'lastResultsHash'] as const

/**
 * What `conflicting` is when `trusted` is the true header in its place, or the one whose time it contradicts, and `common` the last both chains share. All three must
 * have been believed already, so that every signature in them has been checked.
 */
export function lightAttack(
  hash: Hash,
  conflicting: LightBlock,
  trusted: LightBlock,
  common: CommonGround,
): LightAttack {
  if (conflicting.header.height !== trusted.header.height || !sameDerived(conflicting.header, trusted.header)) {
    const byzantine = signersAmong(hash, common.validators, conflicting)
    return { kind: 'lunatic', conflicting, byzantine, ...datedBy(common) }
  }
  const kind = conflicting.commit.round === trusted.commit.round ? 'equivocation' : 'amnesia'
  const byzantine = kind === 'amnesia' ? [] : signersOfBoth(hash, conflicting, trusted)
  return { kind, conflicting, byzantine, ...datedBy(trusted) }
}

/** The attack as the engine's message Evidence wants it. The turn of proposers is unknown to us and no hash covers it: zero. */
export function attackEvidence(hash: Hash, attack: LightAttack): Evidence {
  const { conflicting, commonHeight, time, byzantine } = attack
  const set = sortedMembers(hash, conflicting.validators).map(engineForm)
  const proposer = set.find(({ address }) => equalBytes(address, conflicting.header.proposerAddress))
  return {
    kind: 'lightClientAttack',
    conflictingBlock: encodeLightBlock(conflicting, set, proposer ?? (set[0] as EngineValidator)),
    commonHeight,
    byzantine: sortedMembers(hash, byzantine).map(engineForm),
    totalPower: attack.totalPower,
    time,
  }
}

const engineForm = ({ address, publicKey, power }: Member): EngineValidator => {
  return { address, publicKey, power, priority: 0 }
}

const datedBy = ({ header, validators }: CommonGround) => {
  return { commonHeight: header.height, time: header.time, totalPower: totalPower(validators) }
}

const sameDerived = (left: Header, right: Header): boolean =>
  derivedFields.every((field) => equalBytes(left[field], right[field]))

function signersAmong(hash: Hash, suspects: readonly Validator[], block: LightBlock): readonly Validator[] {
  const signed = keysOfSigners(hash, block)
  return plain(sortedMembers(hash, suspects).filter(({ publicKey }) => signed.has(toHex(publicKey))))
}

function signersOfBoth(hash: Hash, left: LightBlock, right: LightBlock): readonly Validator[] {
  const signed = keysOfSigners(hash, right)
  return signersAmong(hash, left.validators, left).filter(({ publicKey }) => signed.has(toHex(publicKey)))
}

function keysOfSigners(hash: Hash, { validators, commit }: LightBlock): ReadonlySet<string> {
  const members = sortedMembers(hash, validators)
  const signers = members.filter((_, index) => commit.signatures[index]?.flag === voteFlag.commit)
  return new Set(signers.map(({ publicKey }) => toHex(publicKey)))
}

const plain = (members: readonly Member[]): readonly Validator[] =>
  members.map(({ publicKey, power }) => ({ publicKey, power }))
