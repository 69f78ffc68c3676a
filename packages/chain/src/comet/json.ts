import { toHex } from '@dujiang/core/crypto'
import type { Json } from '@dujiang/core/codec'
import { consistent, fields, hex, int, list, mapped, type Parsed, type Reader, text } from './json-reader.ts'
import type { LightBlock } from './light.ts'
import { isBlockId, isChainId, isCommitSig, isNoBlock } from './shape.ts'
import { isTime } from './time.ts'
import {
  BLOCK_PROTOCOL,
  type BlockId,
  type Commit,
  type CommitSig,
  type Header,
  type Timestamp,
  type Validator,
  type VoteFlag,
} from './types.ts'

// The house's own JSON of headers, commits and validators (rule COMET-13): the names of the types, hexadecimal in lower
// case, instants as {n: nanoseconds, s: seconds}. Reading is strict, so that each value has one form and each form one value.

/** The engine's bound on the votes in a commit. */
const validatorsMax = 10_000
const int32Max = 2_147_483_647
const uint32Max = 4_294_967_295
const safe = Number.MAX_SAFE_INTEGER

const time: Reader<Timestamp> = consistent(
  mapped(fields<{ n: number; s: number }>({ n: int(0, 999_999_999), s: int(-safe, safe) }), ({ n, s }) => ({
    seconds: s,
    nanos: n,
  })),
  isTime,
)

const blockId: Reader<BlockId> = consistent(
  fields<BlockId>({
    hash: hex(0, 32),
    parts: fields<BlockId['parts']>({ hash: hex(0, 32), total: int(0, uint32Max) }),
  }),
  (id) => isBlockId(id) || isNoBlock(id),
)

const header: Reader<Header> = fields<Header>({
  appHash: hex(32),
  chainId: text(isChainId),
  consensusHash: hex(32),
  dataHash: hex(32),
  evidenceHash: hex(32),
  height: int(1, safe),
  lastBlockId: blockId,
  lastCommitHash: hex(32),
  lastResultsHash: hex(32),
  nextValidatorsHash: hex(32),
  proposerAddress: hex(20),
  time,
  validatorsHash: hex(32),
  version: fields<Header['version']>({ app: int(0, safe), block: int(BLOCK_PROTOCOL, BLOCK_PROTOCOL) }),
})

const commitSig: Reader<CommitSig> = consistent(
  fields<CommitSig>({
    flag: int(1, 3) as Reader<VoteFlag>,
    signature: hex(0, 64),
    time,
    validatorAddress: hex(0, 20),
  }),
  isCommitSig,
)

const commit: Reader<Commit> = fields<Commit>({
  blockId,
  height: int(0, safe),
  round: int(0, int32Max),
  signatures: list(commitSig, validatorsMax),
})

const validators: Reader<readonly Validator[]> = list(
  fields<Validator>({ power: int(1, safe), publicKey: hex(32) }),
  validatorsMax,
)

const lightBlock: Reader<LightBlock> = fields<LightBlock>({ commit, header, validators })

/** Reads a header; refuses unknown and missing fields, other lengths, ranges and spellings than {@link headerToJson} writes. */
export const headerFromJson = (json: unknown): Parsed<Header> => header(json, '')

/** Reads a commit as strictly; entries must be empty where absent and whole where not. */
export const commitFromJson = (json: unknown): Parsed<Commit> => commit(json, '')

/** Reads a validator set as strictly. Whether it is one (nobody twice, the total power) is for the verifier to say. */
export const validatorsFromJson = (json: unknown): Parsed<readonly Validator[]> => validators(json, '')

/** Reads a light block as strictly. */
export const lightBlockFromJson = (json: unknown): Parsed<LightBlock> => lightBlock(json, '')

/** The JSON of a header, to be written by the canonical encoder. */
export function headerToJson(value: Header): Json {
  return {
    appHash: toHex(value.appHash),
    chainId: value.chainId,
    consensusHash: toHex(value.consensusHash),
    dataHash: toHex(value.dataHash),
    evidenceHash: toHex(value.evidenceHash),
    height: value.height,
    lastBlockId: blockIdToJson(value.lastBlockId),
    lastCommitHash: toHex(value.lastCommitHash),
    lastResultsHash: toHex(value.lastResultsHash),
    nextValidatorsHash: toHex(value.nextValidatorsHash),
    proposerAddress: toHex(value.proposerAddress),
    time: timeToJson(value.time),
    validatorsHash: toHex(value.validatorsHash),
    version: { app: value.version.app, block: value.version.block },
  }
}

/** The JSON of a commit. */
export function commitToJson(value: Commit): Json {
  return {
    blockId: blockIdToJson(value.blockId),
    height: value.height,
    round: value.round,
    signatures: value.signatures.map((sig) => ({
      flag: sig.flag,
      signature: toHex(sig.signature),
      time: timeToJson(sig.time),
      validatorAddress: toHex(sig.validatorAddress),
    })),
  }
}

/** The JSON of a validator set. */
export function validatorsToJson(value: readonly Validator[]): Json {
  return value.map(({ power, publicKey }) => ({ power, publicKey: toHex(publicKey) }))
}

/** The JSON of a light block. */
export function lightBlockToJson(value: LightBlock): { readonly [field: string]: Json } {
  return {
    commit: commitToJson(value.commit),
    header: headerToJson(value.header),
    validators: validatorsToJson(value.validators),
  }
}

const timeToJson = (value: Timestamp): Json => ({ n: value.nanos, s: value.seconds })
const blockIdToJson = (value: BlockId): Json => ({
  hash: toHex(value.hash),
  parts: { hash: toHex(value.parts.hash), total: value.parts.total },
})
