import { type Hash, merkleRoot } from '@dujiang/core/crypto'
import {
  encodeBlock,
  encodeBlockId,
  encodeCommitSig,
  encodeConsensusParams,
  encodeTime,
  encodeTxResult,
  encodeVersion,
} from './encode.ts'
import { ProtoWriter } from './proto-writer.ts'
import type { Block, BlockId, Commit, Header, PartSetHeader, TxResult } from './types.ts'

/** Size of every part of a block but the last. */
export const PART_BYTES = 65_536

// CometBFT hashes a bare string, integer or byte string as field 1 of a wrapper message, and an empty one as no bytes.
const wrapText = (value: string) => new ProtoWriter().text(1, value).finish()
const wrapInt = (value: number) => new ProtoWriter().int(1, value).finish()
const wrapBytes = (value: Uint8Array) => new ProtoWriter().bytes(1, value).finish()

/**
 * The hash of a header, which is the block's name: 32 bytes, the Merkle root of its fourteen fields. `hash` is SHA-256
 * here and everywhere in this folder. Rule COMET-2.
 * @example headerHash(crypto.sha256, header)
 */
export function headerHash(hash: Hash, header: Header): Uint8Array {
  return merkleRoot(hash, [
    encodeVersion(header.version),
    wrapText(header.chainId),
    wrapInt(header.height),
    encodeTime(header.time),
    encodeBlockId(header.lastBlockId),
    wrapBytes(header.lastCommitHash),
    wrapBytes(header.dataHash),
    wrapBytes(header.validatorsHash),
    wrapBytes(header.nextValidatorsHash),
    wrapBytes(header.consensusHash),
    wrapBytes(header.appHash),
    wrapBytes(header.lastResultsHash),
    wrapBytes(header.evidenceHash),
    wrapBytes(header.proposerAddress),
  ])
}

/** The next header's `lastCommitHash`: over the entries alone; height, round and block id stand in the header. */
export function commitHash(hash: Hash, commit: Commit): Uint8Array {
  return merkleRoot(hash, commit.signatures.map(encodeCommitSig))
}

/** A header's `dataHash`: each leaf is the SHA-256 of one transaction, in block order. */
export function dataHash(hash: Hash, txs: readonly Uint8Array[]): Uint8Array {
  return merkleRoot(
    hash,
    txs.map((tx) => hash(tx)),
  )
}

/** The next header's `lastResultsHash`, over the results of a block in its order. */
export function resultsHash(hash: Hash, results: readonly TxResult[]): Uint8Array {
  return merkleRoot(hash, results.map(encodeTxResult))
}

/** A header's `consensusHash`. `blockGasMax` is -1 for no limit. */
export function consensusHash(hash: Hash, blockBytesMax: number, blockGasMax: number): Uint8Array {
  return hash(encodeConsensusParams(blockBytesMax, blockGasMax))
}

/** A header's `evidenceHash` when the block carries no evidence. */
export function noEvidenceHash(hash: Hash): Uint8Array {
  return merkleRoot(hash, [])
}

/** The parts an encoded block is cut into: {@link PART_BYTES} each, the last one shorter. */
export function partSetHeader(hash: Hash, blockBytes: Uint8Array): PartSetHeader {
  const parts: Uint8Array[] = []
  for (let start = 0; start < blockBytes.length; start += PART_BYTES) {
    parts.push(blockBytes.subarray(start, start + PART_BYTES))
  }
  return { total: parts.length, hash: merkleRoot(hash, parts) }
}

/** The id the validators sign for `block`: its header's hash and its parts. Rule COMET-6. */
export function blockIdOf(hash: Hash, block: Block): BlockId {
  return { hash: headerHash(hash, block.header), parts: partSetHeader(hash, encodeBlock(block)) }
}
