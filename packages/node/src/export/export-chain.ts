import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Application, Ledger, type Understood, type View, isInadmissible, writeSealedBlock } from '@dujiang/chain'
import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import { ExportWriter, type FileLimits, fileLimits } from './block-files.ts'
import { GENESIS_NAME } from './layout.ts'
import { type StoredChain, hasBase, replayStored, storedChain } from './stored-chain.ts'

export interface ExportOptions {
  readonly app: Application
  readonly crypto: CryptoProvider
  /** The ledger that the genesis file says it follows, at its end. */
  readonly predecessor?: Ledger
  /** A node's folder: `genesis.json`, `journal/`, between organisations `seals/`. Its node may be running. */
  readonly dataDir: string
  /** The folder to be made. */
  readonly outDir: string
  /** May not everyone see this act now? Left out, everything is exported (EXP-4). */
  readonly isClosed?: (view: View, act: Understood) => boolean
  readonly limits?: FileLimits
  readonly onProgress?: (done: number, total: number) => void
}

export interface Exported {
  readonly chain: string
  readonly height: number
  readonly appHash: string
  readonly files: number
  readonly bytes: number
  /** The ledger's own height when the export was made. */
  readonly ledgerHeight: number
  /** The first block withheld because of a book not yet closed. */
  readonly closedAtHeight?: number
}

/**
 * Writes the chain in `dataDir` as plain files. Rules EXP-1 to EXP-6. Throws when the journal is damaged, a block does not
 * reproduce, or there is no block yet with which an export could end.
 */
export async function exportChain(options: ExportOptions): Promise<Exported> {
  const { app, crypto, dataDir, outDir, isClosed } = options
  const genesisBytes = Uint8Array.from(await readFile(join(dataDir, GENESIS_NAME)))
  if (await hasBase(dataDir))
    throw new Error(`${dataDir} begins with a snapshot: a node that has executed every block can export`)
  const stored = await storedChain(dataDir)
  const writer = await ExportWriter.start(outDir, genesisBytes, options.limits ?? fileLimits)
  try {
    const ledger = new Ledger(app, crypto, genesisBytes, options.predecessor)
    const quiet = await replayAll(ledger, stored, options.onProgress)
    const closedAtHeight = isClosed === undefined ? undefined : await firstClosed(ledger, stored, isClosed)
    const end = quiet.findLast(({ height }) => height < (closedAtHeight ?? Number.POSITIVE_INFINITY))
    if (end === undefined) throw new NothingToExport(closedAtHeight)
    for await (const block of stored.blocks()) {
      const { height } = block.header
      if (height > end.height) break
      await writer.add(height, writeSealedBlock(block))
    }
    const { chain } = ledger.founded
    const files = await writer.finish({ ...end, chain })
    return {
      chain,
      ...end,
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
      ledgerHeight: ledger.tip.height,
      ...(closedAtHeight === undefined ? {} : { closedAtHeight }),
    }
  } catch (cause) {
    await writer.abandon()
    throw cause
  }
}

/** No block so far may end an export (EXP-3, EXP-4). */
export class NothingToExport extends Error {
  readonly closedAtHeight: number | undefined

  constructor(closedAtHeight: number | undefined) {
    super('no block may end an export yet')
    this.name = 'NothingToExport'
    this.closedAtHeight = closedAtHeight
  }
}

interface End {
  readonly height: number
  readonly appHash: string
}

/** Executes all blocks again; gives those that left the app hash as it was. */
async function replayAll(
  ledger: Ledger,
  stored: StoredChain,
  onProgress: ExportOptions['onProgress'],
): Promise<readonly End[]> {
  const quiet: End[] = []
  for await (const block of stored.blocks()) {
    const { height } = block.header
    const before = ledger.tip.appHash
    replayStored(ledger, block)
    if (equalBytes(before, ledger.tip.appHash)) quiet.push({ height, appHash: toHex(before) })
    onProgress?.(height, stored.lastHeight)
  }
  return quiet
}

/** The first block with an act that, as the state is now, not everyone may see. */
async function firstClosed(
  ledger: Ledger,
  stored: StoredChain,
  isClosed: NonNullable<ExportOptions['isClosed']>,
): Promise<number | undefined> {
  const view = ledger.view()
  for await (const { header, txs } of stored.blocks()) {
    for (const tx of txs) {
      const act = ledger.understand(tx)
      if (!isInadmissible(act) && isClosed(view, act)) return header.height
    }
  }
  return undefined
}
