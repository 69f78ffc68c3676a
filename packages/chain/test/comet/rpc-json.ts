import {
  ABSENT,
  type BlockId,
  type Commit,
  type CommitSig,
  type Header,
  NO_BLOCK,
  type Timestamp,
  type TxResult,
  type Validator,
  type VoteFlag,
  voteFlag,
} from '../../src/comet/index.ts'

// Reads the JSON of the engine's RPC and of the published vectors (upper-case hex, base64, decimal strings, RFC 3339).
// biome-ignore-all lint/suspicious/noExplicitAny: the shapes are another project's

export const hexBytes = (hex: string | null | undefined): Uint8Array => new Uint8Array(Buffer.from(hex ?? '', 'hex'))
export const base64Bytes = (text: string | null | undefined): Uint8Array =>
  new Uint8Array(Buffer.from(text ?? '', 'base64'))

export function rpcTime(text: string): Timestamp {
  const [, instant, fraction] = /^(.*?)(?:\.(\d+))?Z$/.exec(text)!
  return { seconds: Date.parse(`${instant}Z`) / 1000, nanos: Number((fraction ?? '').padEnd(9, '0')) }
}

export function rpcBlockId(id: any): BlockId {
  if (id === null) return NO_BLOCK
  const parts = id.parts ?? id.part_set_header
  return { hash: hexBytes(id.hash), parts: { total: parts.total, hash: hexBytes(parts.hash) } }
}

export function rpcHeader(header: any): Header {
  return {
    version: { block: Number(header.version.block), app: Number(header.version.app ?? 0) },
    chainId: header.chain_id,
    height: Number(header.height),
    time: rpcTime(header.time),
    lastBlockId: rpcBlockId(header.last_block_id),
    lastCommitHash: hexBytes(header.last_commit_hash),
    dataHash: hexBytes(header.data_hash),
    validatorsHash: hexBytes(header.validators_hash),
    nextValidatorsHash: hexBytes(header.next_validators_hash),
    consensusHash: hexBytes(header.consensus_hash),
    appHash: hexBytes(header.app_hash),
    lastResultsHash: hexBytes(header.last_results_hash),
    evidenceHash: hexBytes(header.evidence_hash),
    proposerAddress: hexBytes(header.proposer_address),
  }
}

function rpcCommitSig(sig: any): CommitSig {
  // The published traces give absent entries the Unix epoch instead of the engine's zero time.
  if (sig.block_id_flag === voteFlag.absent) return ABSENT
  return {
    flag: sig.block_id_flag as VoteFlag,
    validatorAddress: hexBytes(sig.validator_address),
    time: rpcTime(sig.timestamp),
    signature: base64Bytes(sig.signature),
  }
}

export function rpcCommit(commit: any): Commit {
  return {
    height: Number(commit.height),
    round: commit.round,
    blockId: rpcBlockId(commit.block_id),
    signatures: commit.signatures.map(rpcCommitSig),
  }
}

export function rpcValidator(validator: any): Validator {
  return { publicKey: base64Bytes(validator.pub_key.value), power: Number(validator.voting_power ?? validator.power) }
}

export function rpcTxResult(result: any): TxResult {
  return {
    code: result.code,
    data: base64Bytes(result.data),
    gasWanted: Number(result.gas_wanted),
    gasUsed: Number(result.gas_used),
  }
}
