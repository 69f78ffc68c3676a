import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Application, Ledger, type SealedBlock } from '@dujiang/chain'
import { type CryptoProvider, toHex } from '@dujiang/core/crypto'
import { realDisk } from '../seams/index.ts'
import { writeGenesisFile } from '../service/genesis-file.ts'
import { type IntakeEntry, IntakeLog, openJournal } from '../store/index.ts'
import { readRecord } from '../ledger/index.ts'
import { snapshotJournal } from './journal-snapshot.ts'
import { GENESIS_NAME } from './layout.ts'
import { snapshotPending } from './pending-snapshot.ts'
import { replayStored } from './stored-chain.ts'

/** Bytes of blocks that share a sync. */
const BATCH_BYTES = 8 * 2 ** 20

export interface Copied {
  readonly chain: string
  readonly height: number
  readonly appHash: string
  /** Acts accepted and in no block yet, which the copy will bring into one. */
  readonly pending: number
}

/**
 * Copies the ledger in the folder `from`, in use or not, to the empty or absent folder `to`, executing every block on the
 * way: what was copied opens as a node and has the state it had. The genesis file comes last, so that a copy cut short is
 * refused. Rules CPY-1 to CPY-3.
 */
export async function copyLedger(
  {
    app,
    crypto,
    onProgress,
  }: {
    readonly app: Application
    readonly crypto: CryptoProvider
    readonly onProgress?: (done: number, total: number) => void
  },
  from: string,
  to: string,
): Promise<Copied> {
  if ((await realDisk.list(join(from, 'seals'))).length > 0) {
    throw new Error(
      `${from} is the folder of a node between organisations: it joins the others again, it is not copied`,
    )
  }
  const genesisBytes = Uint8Array.from(await readFile(join(from, GENESIS_NAME)))
  if ((await realDisk.list(to)).length > 0) throw new Error(`${to} is not empty`)
  // Before the blocks: an act that gets into one meanwhile is then in both, which does no harm.
  const promised = await snapshotPending(join(from, 'intake'))
  const snapshot = await snapshotJournal(join(from, 'journal'))
  const ledger = new Ledger(app, crypto, genesisBytes)
  await realDisk.makeDir(to)
  const journal = await openJournal(realDisk, join(to, 'journal'))
  try {
    let batch: Uint8Array[] = []
    let bytes = 0
    for await (const record of snapshot.records()) {
      replayStored(ledger, blockOf(ledger.tip.height + 1, record))
      batch.push(record)
      bytes += record.length
      onProgress?.(ledger.tip.height, snapshot.lastIndex)
      if (bytes < BATCH_BYTES) continue
      await journal.append(batch)
      batch = []
      bytes = 0
    }
    if (batch.length > 0) await journal.append(batch)
  } finally {
    await journal.close()
  }
  const pending = promised.filter((entry) => isPending(ledger, entry))
  await keepPending(pending, join(to, 'intake'))
  await writeGenesisFile(realDisk, to, genesisBytes)
  const { height, appHash } = ledger.tip
  return { chain: ledger.chain.id, height, appHash: toHex(appHash), pending: pending.length }
}

const isPending = ({ tip, state }: Ledger, { id, expiryMs }: IntakeEntry): boolean =>
  expiryMs >= tip.timeMs && !state.seen.has(toHex(id), expiryMs)

async function keepPending(pending: readonly IntakeEntry[], dir: string): Promise<void> {
  const log = await IntakeLog.open(realDisk, dir)
  try {
    // One sync for all: a log that takes 2^28 bytes has given no more than that.
    await Promise.all(pending.map((entry) => log.remember(entry)))
  } finally {
    await log.close()
  }
}

function blockOf(height: number, record: Uint8Array): SealedBlock {
  const block = readRecord(record)
  if (typeof block === 'string') throw new Error(`journal: block ${height}: ${block}`)
  return block
}
