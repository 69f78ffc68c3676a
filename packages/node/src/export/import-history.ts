import { type Application, Ledger } from '@dujiang/chain'
import { type CryptoProvider, toHex } from '@dujiang/core/crypto'
import { Archive, CometKeeper, type Seal } from '../engine/comet/index.ts'
import { readSeal } from '../engine/comet/archive.ts'
import { readDecision } from '../engine/comet/record.ts'
import { type Disk, realDisk } from '../seams/index.ts'
import { readGenesisFile } from '../service/genesis-file.ts'
import { historyDir, openBase, removeFolder, takeHistory } from '../snapshot/index.ts'
import { type Journal, openJournal } from '../store/index.ts'
import { type Bad, auditExport } from './audit-export.ts'
import { HistoryWriter } from './history-writer.ts'

/** Bytes of records that share a sync. */
const BATCH_BYTES = 8 * 2 ** 20

export interface ImportOptions {
  readonly app: Application
  readonly crypto: CryptoProvider
  /** The ledger that the genesis file says it follows, at its end; executed anew each time it is asked for. */
  readonly predecessor?: () => Promise<Ledger>
  /** The exported folder. */
  readonly from: string
  /** The ledger folder of a stopped node that joined by snapshot. */
  readonly dataDir: string
  /** Of that folder. */
  readonly disk?: Disk
  /** Threads that check signatures ahead; 0: none. */
  readonly threads: number
  readonly onProgress?: (height: number, total: number) => void
}

export interface Imported {
  readonly chain: string
  /** Up to this block the node had nothing. */
  readonly joinedAtHeight: number
  /** Receipts that it lacked. */
  readonly receipts: number
  /** The last block in its journal. */
  readonly height: number
  readonly appHash: string
}

/** Why a history was not taken in; the folder is as it was. */
export class NotImported extends Error {
  /** What of the export does not hold, if that is why. */
  readonly bad: Bad | undefined

  constructor(reason: string, bad?: Bad) {
    super(reason)
    this.name = 'NotImported'
    this.bad = bad
  }
}

/**
 * Gives a node that joined by snapshot the blocks before it, from an export that is audited on the way: from then on it is a
 * node that has executed every block itself. Rules IMP-1 to IMP-5. Rejects with `NotImported`, or with a `StoreFault` where
 * a node has the folder open.
 */
export async function importHistory(options: ImportOptions): Promise<Imported> {
  const { app, crypto, dataDir, disk = realDisk } = options
  await takeHistory(disk, dataDir)
  const genesisBytes = await readGenesisFile(disk, dataDir)
  const opened: Journal[] = []
  const open = async (path: string): Promise<Journal> => {
    const journal = await openJournal(disk, path)
    opened.push(journal)
    return journal
  }
  const partial = `${historyDir(dataDir)}.partial`
  const clear = async (): Promise<void> => {
    for (const part of ['journal', 'seals']) await removeFolder(disk, `${partial}/${part}`)
    await removeFolder(disk, partial)
  }
  let imported: Imported
  try {
    const journal = await open(`${dataDir}/journal`)
    const base = (await openBase(disk, `${dataDir}/base`, app, crypto, genesisBytes))?.ledger
    if (base === undefined) throw new NotImported('this node has executed every block itself')
    const seals = await open(`${dataDir}/seals`)
    await clear()
    const whole = { journal: await open(`${partial}/journal`), seals: await open(`${partial}/seals`) }
    const archive = await Archive.open(whole.seals)
    await writeHistory(options, genesisBytes, { base, journal, seals }, whole.journal, archive)
    // As the node will: each record must lead to the state it names.
    const founded = new Ledger(app, crypto, genesisBytes, await options.predecessor?.())
    const before = founded.receiptLog.size
    const { tip } = (await CometKeeper.open(founded, whole.journal)).ledger
    imported = {
      chain: base.chain.id,
      joinedAtHeight: base.tip.height,
      receipts: base.receiptLog.size - before,
      height: tip.height,
      appHash: toHex(tip.appHash),
    }
  } catch (cause) {
    await Promise.allSettled(opened.map((each) => each.close()))
    await clear().catch(() => undefined)
    throw cause
  }
  await Promise.all(opened.map((each) => each.close()))
  await disk.rename(partial, historyDir(dataDir))
  await disk.syncDir(dataDir)
  await takeHistory(disk, dataDir)
  return imported
}

/** The audited blocks up to the base, then what the node has of its own. */
async function writeHistory(
  { app, crypto, predecessor, from, threads, onProgress }: ImportOptions,
  genesisBytes: Uint8Array,
  own: { readonly base: Ledger; readonly journal: Journal; readonly seals: Journal },
  journal: Journal,
  archive: Archive,
): Promise<void> {
  const recordedHeight = await lastHeightOf(own.journal)
  const sealed = (await Archive.open(own.seals)).heights
  const parts = { base: own.base, recordedHeight: recordedHeight ?? own.base.tip.height, sealed }
  const writer = new HistoryWriter(parts, journal, archive)
  const before = await predecessor?.()
  const report = await auditExport({
    app,
    crypto,
    ...(before && { predecessor: before }),
    genesisBytes,
    dir: from,
    threads,
    ...(onProgress && { onProgress }),
    onBlock: (block, ledger) => writer.take(block, ledger),
  })
  if (report.firstBad !== undefined) throw new NotImported('the export does not hold', report.firstBad)
  const fault = await writer.end()
  if (fault !== undefined) throw new NotImported(fault)
  for await (const records of batches(own.journal)) await journal.append(records)
  let added: readonly Seal[] = writer.afterBase
  for await (const records of batches(own.seals)) {
    const seals = records.map(sealOf).filter(({ header }) => header.height > own.base.tip.height)
    await archive.add([...added, ...seals].sort((a, b) => a.header.height - b.header.height))
    added = []
  }
  await archive.add(added)
}

/** All records of a journal, so many at once as are to share a sync. */
async function* batches(journal: Journal): AsyncGenerator<readonly Uint8Array[], void> {
  let batch: Uint8Array[] = []
  let bytes = 0
  for await (const { payload } of journal.records()) {
    batch.push(payload)
    bytes += payload.length
    if (bytes < BATCH_BYTES) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

function sealOf(record: Uint8Array): Seal {
  const seal = readSeal(record)
  if (typeof seal === 'string') throw new Error(`archive: ${seal}`)
  return seal
}

/** Undefined where there is no record. */
async function lastHeightOf(journal: Journal): Promise<number | undefined> {
  if (journal.lastIndex === 0) return undefined
  const decision = readDecision(await journal.read(journal.lastIndex))
  if (typeof decision === 'string') throw new Error(`journal: record ${journal.lastIndex}: ${decision}`)
  return decision.height
}
