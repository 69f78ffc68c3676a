import {
  type Decided,
  type Ledger,
  type SealedBlock,
  type Understood,
  chainIdOf,
  genesisValidators,
  headerHash,
  msFromTime,
  verifyCommit,
} from '@dujiang/chain'
import { equalBytes, fromHex } from '@dujiang/core/crypto'
import { readRecord } from './record.ts'

export interface Replayed {
  readonly block: SealedBlock
  readonly decided: Decided
  readonly understood: readonly (Understood | undefined)[]
}

/**
 * Decides a recorded block again; a string says what differs. The node checked every signature before it made the
 * block and then signed the block, so the block's signature stands for those of its acts. Rule KEEP-3.
 */
export function replayRecord(ledger: Ledger, record: Uint8Array): Replayed | string {
  const { crypto, founded, tip } = ledger
  const block = readRecord(record)
  if (typeof block === 'string') return block
  const { header, txs, commit } = block
  if (header.height !== tip.height + 1) return `header.height is ${header.height}`
  const hash = headerHash(crypto.sha256, header)
  const chainId = chainIdOf(fromHex(founded.chain))
  const fault = verifyCommit(crypto, chainId, genesisValidators(founded), hash, header.height, commit)
  if (fault !== undefined) return `commit: ${fault.reason}`
  const timeMs = msFromTime(header.time)
  const understood = txs.map((tx) => ledger.trust(tx, timeMs))
  const decided = ledger.replay({ block: { header, txs, lastCommit: tip.commit }, commit }, understood)
  if (typeof decided === 'string') return decided
  return equalBytes(decided.blockId.hash, hash) ? { block, decided, understood } : 'the header is another'
}
