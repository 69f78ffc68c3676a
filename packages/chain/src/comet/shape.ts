import { compareTimes, isTime } from './time.ts'
import {
  ABSENT,
  BLOCK_PROTOCOL,
  type BlockId,
  type CommitSig,
  type Header,
  type PartSetHeader,
  voteFlag,
} from './types.ts'

// What each value must look like before anything is asked of its content, as the engine's own ValidateBasic.

// A chain's name is printable ASCII so that it has one spelling in bytes.
const chainIdPattern = /^[!-~]{1,50}$/
const int32Max = 2_147_483_647
const uint32Max = 4_294_967_295

const isHash = (bytes: Uint8Array) => bytes.length === 32
const isHashOrEmpty = (bytes: Uint8Array) => bytes.length === 32 || bytes.length === 0
const isCount = (value: number, min: number, max = Number.MAX_SAFE_INTEGER) =>
  Number.isSafeInteger(value) && value >= min && value <= max

export const isChainId = (chainId: string): boolean => chainIdPattern.test(chainId)
export const isHeight = (height: number): boolean => isCount(height, 1)
export const isRound = (round: number): boolean => isCount(round, 0, int32Max)

const isParts = (parts: PartSetHeader) => isCount(parts.total, 1, uint32Max) && isHash(parts.hash)

/** Does the id name a block? */
export function isBlockId(id: BlockId): boolean {
  return isHash(id.hash) && isParts(id.parts)
}

/** Is it the id before the first block? */
export function isNoBlock(id: BlockId): boolean {
  return id.hash.length === 0 && id.parts.total === 0 && id.parts.hash.length === 0
}

/** Is the entry empty where it is absent, and whole where it is not? */
export function isCommitSig(sig: CommitSig): boolean {
  if (sig.flag === voteFlag.absent) {
    return sig.validatorAddress.length === 0 && sig.signature.length === 0 && compareTimes(sig.time, ABSENT.time) === 0
  }
  const known = sig.flag === voteFlag.commit || sig.flag === voteFlag.nil
  return known && sig.validatorAddress.length === 20 && sig.signature.length === 64 && isTime(sig.time)
}

/**
 * The first field of a header that cannot be one, or undefined. Hashes may be empty, as in the engine; the application's
 * hash may be of any length.
 */
export function headerFault(header: Header): keyof Header | undefined {
  if (header.version.block !== BLOCK_PROTOCOL || !isCount(header.version.app, 0)) return 'version'
  if (!isChainId(header.chainId)) return 'chainId'
  if (!isHeight(header.height)) return 'height'
  if (!isTime(header.time)) return 'time'
  if (!isBlockId(header.lastBlockId) && !isNoBlock(header.lastBlockId)) return 'lastBlockId'
  for (const field of hashFields) if (!isHashOrEmpty(header[field])) return field
  return header.proposerAddress.length === 20 ? undefined : 'proposerAddress'
}

const hashFields = [
  'lastCommitHash',
  'dataHash',
  'validatorsHash',
  'nextValidatorsHash',
  'consensusHash',
  'lastResultsHash',
  'evidenceHash',
] as const
