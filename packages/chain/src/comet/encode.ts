import { ProtoWriter } from './proto-writer.ts'
import type {
  Block,
  BlockId,
  Commit,
  CommitSig,
  Header,
  PartSetHeader,
  Timestamp,
  TxResult,
  Validator,
} from './types.ts'

// The protobuf messages of CometBFT v0.38 to v0.40 (proto/tendermint/types and abci), as far as hashes and signatures
// need them. They are written only: what arrives from outside arrives as JSON or from the engine's own codec.

/** google.protobuf.Timestamp. */
export function encodeTime(time: Timestamp): Uint8Array {
  return new ProtoWriter().int(1, time.seconds).int(2, time.nanos).finish()
}

/** PartSetHeader; its canonical form has the same fields. */
function encodePartSetHeader(parts: PartSetHeader): Uint8Array {
  return new ProtoWriter().int(1, parts.total).bytes(2, parts.hash).finish()
}

/** BlockID; its canonical form has the same fields. */
export function encodeBlockId(id: BlockId): Uint8Array {
  return new ProtoWriter().bytes(1, id.hash).message(2, encodePartSetHeader(id.parts)).finish()
}

/** version.Consensus. */
export function encodeVersion(version: Header['version']): Uint8Array {
  return new ProtoWriter().int(1, version.block).int(2, version.app).finish()
}

/** CommitSig: the leaf of the commit's hash. */
export function encodeCommitSig(sig: CommitSig): Uint8Array {
  return new ProtoWriter()
    .int(1, sig.flag)
    .bytes(2, sig.validatorAddress)
    .message(3, encodeTime(sig.time))
    .bytes(4, sig.signature)
    .finish()
}

/** SimpleValidator: the leaf of the validator set's hash; its inner message is PublicKey with the ed25519 case. */
export function encodeValidator(validator: Validator): Uint8Array {
  const publicKey = new ProtoWriter().bytes(1, validator.publicKey).finish()
  return new ProtoWriter().message(1, publicKey).int(2, validator.power).finish()
}

/** ExecTxResult reduced to its deterministic fields: the leaf of the results' hash. */
export function encodeTxResult(result: TxResult): Uint8Array {
  return new ProtoWriter()
    .int(1, result.code)
    .bytes(2, result.data)
    .int(5, result.gasWanted)
    .int(6, result.gasUsed)
    .finish()
}

/** HashedParams: the only two consensus parameters a header commits to. */
export function encodeConsensusParams(blockBytesMax: number, blockGasMax: number): Uint8Array {
  return new ProtoWriter().int(1, blockBytesMax).int(2, blockGasMax).finish()
}

export function encodeHeader(header: Header): Uint8Array {
  return new ProtoWriter()
    .message(1, encodeVersion(header.version))
    .text(2, header.chainId)
    .int(3, header.height)
    .message(4, encodeTime(header.time))
    .message(5, encodeBlockId(header.lastBlockId))
    .bytes(6, header.lastCommitHash)
    .bytes(7, header.dataHash)
    .bytes(8, header.validatorsHash)
    .bytes(9, header.nextValidatorsHash)
    .bytes(10, header.consensusHash)
    .bytes(11, header.appHash)
    .bytes(12, header.lastResultsHash)
    .bytes(13, header.evidenceHash)
    .bytes(14, header.proposerAddress)
    .finish()
}

export function encodeCommit(commit: Commit): Uint8Array {
  const writer = new ProtoWriter().int(1, commit.height).int(2, commit.round).message(3, encodeBlockId(commit.blockId))
  for (const sig of commit.signatures) writer.message(4, encodeCommitSig(sig))
  return writer.finish()
}

/** Block: what is cut into parts. */
export function encodeBlock(block: Block): Uint8Array {
  const data = new ProtoWriter()
  for (const tx of block.txs) data.message(1, tx)
  const evidence = new ProtoWriter()
  for (const each of block.evidence ?? []) evidence.message(1, each)
  return new ProtoWriter()
    .message(1, encodeHeader(block.header))
    .message(2, data.finish())
    .message(3, evidence.finish())
    .message(4, encodeCommit(block.lastCommit))
    .finish()
}
