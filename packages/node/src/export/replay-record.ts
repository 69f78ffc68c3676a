import { type Ledger, type SealedBlock, msFromTime } from '@dujiang/chain'
import { readRecord } from '../ledger/record.ts'

/** The block in the record of this height; throws when it holds none. */
export function blockOf(height: number, record: Uint8Array): SealedBlock {
  const block = readRecord(record)
  if (typeof block === 'string') throw new Error(`journal: block ${height}: ${block}`)
  return block
}

/**
 * Executes the next block of a node's own journal; throws when it does not follow. The node checked the signatures of its
 * acts before it signed the block, so the block's signature stands for theirs.
 */
export function replayRecord(ledger: Ledger, record: Uint8Array): void {
  const height = ledger.tip.height + 1
  const { header, txs, commit } = blockOf(height, record)
  const timeMs = msFromTime(header.time)
  const trusted = txs.map((tx) => ledger.trust(tx, timeMs))
  const decided = ledger.replay({ header, txs, commit }, trusted)
  if (typeof decided === 'string') throw new Error(`journal: block ${height}: ${decided}`)
  ledger.commit(decided, commit)
}
