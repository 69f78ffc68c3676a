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
  chainIdOf,
  commitHash,
  consensusHash,
  dataHash,
  noEvidenceHash,
  resultsHash,
  validatorsHash,
} from '../comet/index.ts'
import type { Executed } from '../execute/block.ts'
import type { Founded } from '../genesis.ts'
import { APP_VERSION, BLOCK_BYTES_MAX, BLOCK_GAS_MAX } from './params.ts'

/** Where a chain has got to: what the next header must say. */
export interface Tip {
  readonly height: number
  readonly timeMs: number
  readonly blockId: BlockId
  readonly commit: Commit
  readonly appHash: Uint8Array
  readonly resultsHash: Uint8Array
}

export function genesisTip(sha256: Hash, founded: Founded, appHash: Uint8Array): Tip {
  return {
    height: 0,
    timeMs: founded.genesis.time,
    blockId: NO_BLOCK,
    commit: NO_COMMIT,
    appHash,
    resultsHash: resultsHash(sha256, []),
  }
}

/** The tip after a block has been executed and signed for. */
export function tipAfter(sha256: Hash, executed: Executed, blockId: BlockId, commit: Commit): Tip {
  const results = executed.results.map(({ code, data }) => ({ code, data, gasWanted: 0, gasUsed: 0 }))
  return {
    height: executed.height,
    timeMs: executed.timeMs,
    blockId,
    commit,
    appHash: executed.appHash,
    resultsHash: resultsHash(sha256, results),
  }
}

/** The validators a genesis file names; the set does not change before members can decide on it. */
export function genesisValidators({ genesis }: Founded): readonly Validator[] {
  return genesis.validators.map(({ key, power }) => ({ publicKey: fromHex(key), power }))
}

/** The block that would follow `tip`, its header filled in by rule: only transactions, time and proposer are chosen. */
export function nextBlock(
  { sha256 }: Pick<CryptoProvider, 'sha256'>,
  founded: Founded,
  tip: Tip,
  chosen: { readonly txs: readonly Uint8Array[]; readonly time: Timestamp; readonly proposerAddress: Uint8Array },
): Block {
  const validators = validatorsHash(sha256, genesisValidators(founded))
  const header: Header = {
    version: { block: BLOCK_PROTOCOL, app: APP_VERSION },
    chainId: chainIdOf(fromHex(founded.chain)),
    height: tip.height + 1,
    time: chosen.time,
    lastBlockId: tip.blockId,
    lastCommitHash: commitHash(sha256, tip.commit),
    dataHash: dataHash(sha256, chosen.txs),
    validatorsHash: validators,
    nextValidatorsHash: validators,
    consensusHash: consensusHash(sha256, BLOCK_BYTES_MAX, BLOCK_GAS_MAX),
    appHash: tip.appHash,
    lastResultsHash: tip.resultsHash,
    evidenceHash: noEvidenceHash(sha256),
    proposerAddress: chosen.proposerAddress,
  }
  return { header, txs: chosen.txs, lastCommit: tip.commit }
}
