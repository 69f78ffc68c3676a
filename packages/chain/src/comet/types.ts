/** An instant as CometBFT keeps it: whole seconds since 1970-01-01T00:00:00Z (negative before) and 0 … 999 999 999 nanoseconds. */
export type Timestamp = { readonly seconds: number; readonly nanos: number }

/** Count and Merkle root of the 65 536-byte parts of an encoded block. */
export type PartSetHeader = { readonly total: number; readonly hash: Uint8Array }

/** Names one block: the hash of its header (32 bytes) and its parts. Both empty before the first block: {@link NO_BLOCK}. */
export type BlockId = { readonly hash: Uint8Array; readonly parts: PartSetHeader }

/** The fourteen fields of a header; all are covered by its hash (rule COMET-2). Hashes are 32 bytes, the address 20. */
export type Header = {
  readonly version: { readonly block: number; readonly app: number }
  readonly chainId: string
  readonly height: number
  readonly time: Timestamp
  readonly lastBlockId: BlockId
  readonly lastCommitHash: Uint8Array
  readonly dataHash: Uint8Array
  readonly validatorsHash: Uint8Array
  readonly nextValidatorsHash: Uint8Array
  readonly consensusHash: Uint8Array
  readonly appHash: Uint8Array
  readonly lastResultsHash: Uint8Array
  readonly evidenceHash: Uint8Array
  readonly proposerAddress: Uint8Array
}

/** What a validator's precommit said; the numbers are CometBFT's. */
export const voteFlag = { absent: 1, commit: 2, nil: 3 } as const
export type VoteFlag = (typeof voteFlag)[keyof typeof voteFlag]

/** One validator's entry in a commit. An absent one is {@link ABSENT}: no address, no signature, {@link NO_TIME}. */
export type CommitSig = {
  readonly flag: VoteFlag
  readonly validatorAddress: Uint8Array
  readonly time: Timestamp
  readonly signature: Uint8Array
}

/** The precommits of one height and round for one block, in the order of the validator set. */
export type Commit = {
  readonly height: number
  readonly round: number
  readonly blockId: BlockId
  readonly signatures: readonly CommitSig[]
}

/** Who signs: an Ed25519 public key of 32 bytes and a voting power of 1 or more. */
export type Validator = { readonly publicKey: Uint8Array; readonly power: number }

/** Of a transaction's result, what the next header commits to. `code` 0 means accepted, else the refusal's number. */
export type TxResult = {
  readonly code: number
  readonly data: Uint8Array
  readonly gasWanted: number
  readonly gasUsed: number
}

/** A block. `evidence`: proofs of validators' faults, each a message Evidence as it stands in the block; absent when there are none. */
export type Block = {
  readonly header: Header
  readonly txs: readonly Uint8Array[]
  readonly lastCommit: Commit
  readonly evidence?: readonly Uint8Array[]
}

/** The version of the block format in every header. */
export const BLOCK_PROTOCOL = 11

/** 0001-01-01T00:00:00Z, which the engine writes where there is no time. */
export const NO_TIME: Timestamp = { seconds: -62_135_596_800, nanos: 0 }

/** The id before the first block. */
export const NO_BLOCK: BlockId = { hash: new Uint8Array(0), parts: { total: 0, hash: new Uint8Array(0) } }

/** The commit inside the first block. */
export const NO_COMMIT: Commit = { height: 0, round: 0, blockId: NO_BLOCK, signatures: [] }

/** The entry of a validator whose precommit did not arrive. */
export const ABSENT: CommitSig = {
  flag: voteFlag.absent,
  validatorAddress: new Uint8Array(0),
  time: NO_TIME,
  signature: new Uint8Array(0),
}
