import { type CryptoProvider, type Hash, fromHex } from '@dujiang/core/crypto'
import {
  BLOCK_PROTOCOL,
  type Block,
  type BlockId,
  type Commit,
  type Header,
  NO_BLOCK,
  NO_COMMIT,
  type Timestamp,
  type Validator,
  commitHash,
  consensusHash,
  dataHash,
  evidenceHash,
  resultsHash,
  validatorsHash,
} from '../comet/index.ts'
import type { Executed } from '../execute/block.ts'
import { type Founded, engineChainId, firstHeight } from '../genesis.ts'
import { APP_VERSION, BLOCK_BYTES_MAX, BLOCK_GAS_MAX } from './params.ts'

/** Where a chain has got to: what the next header must say. */
export interface Tip {
  readonly height: number
  readonly timeMs: number
  readonly appHash: Uint8Array
  readonly resultsHash: Uint8Array
  readonly validators: ValidatorSets
  /** The last block's id and signatures; undefined where a block was executed before they were known. */
  readonly seal: Seal | undefined
}

/** What the validators have signed for the last block: the next header commits to it. */
export interface Seal {
  readonly blockId: BlockId
  readonly commit: Commit
}

/** Who signs the next block, and who the one after it: a change waits for one block. Rule VAL-1. */
export interface ValidatorSets {
  readonly next: readonly Validator[]
  readonly afterNext: readonly Validator[]
}

export function genesisTip(sha256: Hash, founded: Founded, appHash: Uint8Array): Tip {
  const validators = genesisValidators(founded)
  return {
    height: firstHeight(founded) - 1,
    timeMs: founded.genesis.time,
    appHash,
    resultsHash: resultsHash(sha256, []),
    validators: { next: validators, afterNext: validators },
    seal: { blockId: NO_BLOCK, commit: NO_COMMIT },
  }
}

/** The tip after a block has been executed. */
export function tipAfter(sha256: Hash, before: Tip, executed: Executed, seal: Seal | undefined): Tip {
  const results = executed.results.map(({ code, data }) => ({ code, data, gasWanted: 0, gasUsed: 0 }))
  const { afterNext } = before.validators
  return {
    height: executed.height,
    timeMs: executed.timeMs,
    appHash: executed.appHash,
    resultsHash: resultsHash(sha256, results),
    validators: { next: afterNext, afterNext: executed.validators ?? afterNext },
    seal,
  }
}

/** The validators a genesis file names. */
export function genesisValidators({ genesis }: Founded): readonly Validator[] {
  return genesis.validators.map(({ key, power }) => ({ publicKey: fromHex(key), power }))
}

/** What whoever makes a block chooses; all else in its header follows by rule. */
export interface Chosen {
  readonly txs: readonly Uint8Array[]
  readonly time: Timestamp
  readonly proposerAddress: Uint8Array
  /** Proofs of validators' faults, as the engine encodes them. */
  readonly evidence?: readonly Uint8Array[]
}

/** The block that would follow `tip`, whose seal must be known: only what is chosen could be otherwise. */
export function nextBlock(
  { sha256 }: Pick<CryptoProvider, 'sha256'>,
  founded: Founded,
  tip: Tip & { readonly seal: Seal },
  chosen: Chosen,
): Block {
  const { txs, time, proposerAddress, evidence = [] } = chosen
  const header: Header = {
    version: { block: BLOCK_PROTOCOL, app: APP_VERSION },
    chainId: engineChainId(founded),
    height: tip.height + 1,
    time,
    lastBlockId: tip.seal.blockId,
    lastCommitHash: commitHash(sha256, tip.seal.commit),
    dataHash: dataHash(sha256, txs),
    validatorsHash: validatorsHash(sha256, tip.validators.next),
    nextValidatorsHash: validatorsHash(sha256, tip.validators.afterNext),
    consensusHash: consensusHash(sha256, BLOCK_BYTES_MAX, BLOCK_GAS_MAX),
    appHash: tip.appHash,
    lastResultsHash: tip.resultsHash,
    evidenceHash: evidenceHash(sha256, evidence),
    proposerAddress,
  }
  return { header, txs, lastCommit: tip.seal.commit, ...(evidence.length === 0 ? {} : { evidence }) }
}
