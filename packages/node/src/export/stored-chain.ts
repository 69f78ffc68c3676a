import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { type Ledger, type SealedBlock, msFromTime } from '@dujiang/chain'
import { readSeal } from '../engine/comet/archive.ts'
import { readDecision } from '../engine/comet/record.ts'
import { readRecord } from '../ledger/index.ts'
import { type JournalSnapshot, snapshotJournal } from './journal-snapshot.ts'

/** The blocks in a node's folder as they were at one moment, whichever engine made them and whoever has it open. Rule EXP-5. */
export interface StoredChain {
  /** 0 when there is none. */
  readonly lastHeight: number
  /** In order of height; as often as wanted. */
  blocks(): AsyncIterable<SealedBlock>
}

/** Looks into a folder. Of a node between organisations it gives what its archive holds: quiet blocks may be left out (REPLAY-2). */
export async function storedChain(dataDir: string): Promise<StoredChain> {
  if (await isThere(join(dataDir, 'seals'))) {
    // In this order: a block whose seal is there has been decided.
    const seals = await snapshotJournal(join(dataDir, 'seals'))
    const decisions = await snapshotJournal(join(dataDir, 'journal'))
    return { lastHeight: await lastHeightOf(seals), blocks: () => joined(seals, decisions) }
  }
  const journal = await snapshotJournal(join(dataDir, 'journal'))
  return { lastHeight: journal.lastIndex, blocks: () => sealed(journal) }
}

/** Executes the next block of a node's own folder; throws when it does not follow. The node judged the signatures of its acts before. */
export function replayStored(ledger: Ledger, block: SealedBlock): void {
  const { header, txs, commit } = block
  const timeMs = msFromTime(header.time)
  const trusted = txs.map((tx) => ledger.trust(tx, timeMs))
  const decided = ledger.replay(block, trusted)
  if (typeof decided === 'string') throw new Error(`journal: block ${header.height}: ${decided}`)
  ledger.commit(decided, commit)
}

async function* sealed(journal: JournalSnapshot): AsyncGenerator<SealedBlock> {
  let height = 0
  for await (const record of journal.records()) yield whole(++height, readRecord(record))
}

/** Each seal with the transactions that were decided at its height, if any were. */
async function* joined(seals: JournalSnapshot, decisions: JournalSnapshot): AsyncGenerator<SealedBlock> {
  const decided = decisions.records()[Symbol.asyncIterator]()
  let next = await decided.next()
  let index = 0
  for await (const record of seals.records()) {
    const seal = whole(++index, readSeal(record))
    const { height } = seal.header
    let txs: readonly Uint8Array[] = []
    for (; next.done !== true; next = await decided.next()) {
      const decision = whole(height, readDecision(next.value))
      if (decision.height > height) break
      if (decision.height === height) txs = decision.txs
    }
    yield { ...seal, txs }
  }
}

async function lastHeightOf(seals: JournalSnapshot): Promise<number> {
  let last: Uint8Array | undefined
  for await (const record of seals.records()) last = record
  return last === undefined ? 0 : whole(0, readSeal(last)).header.height
}

function whole<T>(place: number, read: T | string): T {
  if (typeof read === 'string') throw new Error(`journal: block ${place}: ${read}`)
  return read
}

/** Does the folder go on from a snapshot? Then it lacks the blocks before it. */
export const hasBase = (dataDir: string): Promise<boolean> => isThere(join(dataDir, 'base', 'base.snapshot'))

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
