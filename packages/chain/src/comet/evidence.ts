import { equalBytes, type Hash, merkleRoot, toHex } from '@dujiang/core/crypto'
import type { Misbehaviour } from '../application.ts'
import { ProtoFault, ProtoReader } from './proto-reader.ts'
import { isBlockId, isHeight, isNoBlock, isRound } from './shape.ts'
import { isTime, msFromTime } from './time.ts'
import type { BlockId, Timestamp } from './types.ts'
import { addressOf } from './validators.ts'
import type { Vote } from './vote.ts'

/** A vote as a validator sent it; `index` is its place in the set. The extension is empty in our chains. */
export type SentVote = Vote & {
  readonly address: Uint8Array
  readonly index: number
  readonly signature: Uint8Array
  readonly extension: Uint8Array
  readonly extensionSignature: Uint8Array
}

/** A validator as the engine writes it: its place in the turn of proposers stands there too, though no hash covers it. */
export type EngineValidator = {
  readonly address: Uint8Array
  readonly publicKey: Uint8Array
  readonly power: number
  readonly priority: number
}

/** What a block says against its validators. `time` is the time of the block at the height of the offence. */
export type Evidence =
  | {
      readonly kind: 'duplicateVote'
      readonly votes: readonly [SentVote, SentVote]
      readonly power: number
      readonly totalPower: number
      readonly time: Timestamp
    }
  | {
      readonly kind: 'lightClientAttack'
      /** The encoded light block, as it stands. */
      readonly conflictingBlock: Uint8Array
      readonly commonHeight: number
      readonly byzantine: readonly EngineValidator[]
      readonly totalPower: number
      readonly time: Timestamp
    }

/** The engine's bound on a set of validators. */
const VALIDATORS_MAX = 10_000

/**
 * A header's `evidenceHash`: over the elements of the block's evidence without the wrapper that names their kind. Takes
 * what {@link readEvidence} reads. Rule COMET-16.
 */
export function evidenceHash(hash: Hash, raw: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(
    hash,
    raw.map((bytes) => {
      const wrapper = new ProtoReader(bytes)
      return wrapper.message(wrapper.isNext(1) ? 1 : 2)
    }),
  )
}

/** Whom one element of a block's evidence accuses of what, as the engine tells the application; a string says why it is none. */
export function readEvidence(hash: Hash, raw: Uint8Array): readonly Misbehaviour[] | string {
  const evidence = decodeEvidence(raw)
  if (typeof evidence === 'string') return evidence
  const { kind, totalPower } = evidence
  const common = { kind, timeMs: msFromTime(evidence.time), totalPower }
  if (evidence.kind === 'duplicateVote') {
    const [{ address, height }] = evidence.votes
    return [{ ...common, address: toHex(address), height, power: evidence.power }]
  }
  const stranger = evidence.byzantine.some((one) => !equalBytes(one.address, addressOf(hash, one.publicKey)))
  if (stranger) return 'a validator has another address than that of its key'
  return evidence.byzantine.map(({ address, power }) => {
    return { ...common, address: toHex(address), height: evidence.commonHeight, power }
  })
}

/** The content of one element of a block's evidence (the engine's message Evidence), read strictly; a string says why it is none. */
export function decodeEvidence(raw: Uint8Array): Evidence | string {
  try {
    const wrapper = new ProtoReader(raw)
    const evidence = wrapper.isNext(1) ? duplicateVote(wrapper.message(1)) : lightClientAttack(wrapper.message(2))
    wrapper.end()
    return evidence
  } catch (error) {
    if (error instanceof ProtoFault) return error.message
    throw error
  }
}

function duplicateVote(bytes: Uint8Array): Evidence {
  const reader = new ProtoReader(bytes)
  const votes = [vote(reader.message(1)), vote(reader.message(2))] as const
  const totalPower = reader.int(3)
  const power = reader.int(4)
  const moment = time(reader.message(5))
  reader.end()
  demand(power > 0 && totalPower >= power, 'a power is out of range')
  return { kind: 'duplicateVote', votes, power, totalPower, time: moment }
}

function lightClientAttack(bytes: Uint8Array): Evidence {
  const reader = new ProtoReader(bytes)
  const conflictingBlock = reader.message(1)
  const commonHeight = reader.int(2)
  const byzantine = reader.messages(3, VALIDATORS_MAX).map(engineValidator)
  const totalPower = reader.int(4)
  const moment = time(reader.message(5))
  reader.end()
  demand(conflictingBlock.length > 0, 'there is no conflicting block')
  demand(isHeight(commonHeight), 'the common height is out of range')
  demand(totalPower > 0, 'a power is out of range')
  return { kind: 'lightClientAttack', conflictingBlock, commonHeight, byzantine, totalPower, time: moment }
}

function vote(bytes: Uint8Array): SentVote {
  const reader = new ProtoReader(bytes)
  const type = reader.int(1)
  const height = reader.int(2)
  const round = reader.int(3)
  const id = blockId(reader.message(4))
  const moment = time(reader.message(5))
  const sent = {
    type,
    height,
    round,
    blockId: isNoBlock(id) ? undefined : id,
    time: moment,
    address: reader.bytes(6),
    index: reader.int(7),
    signature: reader.bytes(8),
    extension: reader.bytes(9),
    extensionSignature: reader.bytes(10),
  }
  reader.end()
  demand(type === 1 || type === 2, 'a vote is of another kind')
  demand(isHeight(height) && isRound(round) && isRound(sent.index), 'a vote has a number out of range')
  demand(isNoBlock(id) || isBlockId(id), 'a vote names half a block')
  demand(sent.address.length === 20 && sent.signature.length === 64, 'a vote has no address or no signature')
  return sent
}

function blockId(bytes: Uint8Array): BlockId {
  const reader = new ProtoReader(bytes)
  const hash = reader.bytes(1)
  const inner = new ProtoReader(reader.message(2))
  const parts = { total: inner.int(1), hash: inner.bytes(2) }
  inner.end()
  reader.end()
  return { hash, parts }
}

function engineValidator(bytes: Uint8Array): EngineValidator {
  const reader = new ProtoReader(bytes)
  const address = reader.bytes(1)
  const key = new ProtoReader(reader.message(2))
  const validator = { address, publicKey: key.bytes(1), power: reader.int(3), priority: reader.int(4) }
  key.end()
  reader.end()
  demand(address.length === 20 && validator.publicKey.length === 32, 'a validator has no Ed25519 key')
  demand(validator.power > 0, 'a power is out of range')
  return validator
}

function time(bytes: Uint8Array): Timestamp {
  const reader = new ProtoReader(bytes)
  const value = { seconds: reader.int(1), nanos: reader.int(2) }
  reader.end()
  demand(isTime(value), 'a time is out of range')
  return value
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new ProtoFault(otherwise)
}
