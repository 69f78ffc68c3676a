import { type Application, Ledger, genesisValidators } from '@dujiang/chain'
import type { CryptoProvider, Signer } from '@dujiang/core/crypto'
import { EmbeddedEngine, Sealer } from '../engine/index.ts'
import { ReceiptFiles, Receipts, SealedKeeper } from '../ledger/index.ts'
import type { Instruments } from '../metrics/instruments.ts'
import type { Clock, Disk } from '../seams/index.ts'
import { IntakeLog, type JournalOptions, openJournal } from '../store/index.ts'
import { keepGenesis } from './genesis-file.ts'
import type { LedgerNode } from './ledger-node.ts'
import { lightBlocksOf } from './light-blocks.ts'
import { type NodeLimits, nodeLimits } from './limits.ts'
import { Failure, openVerifier, runNode } from './run-node.ts'

export interface OpenOptions {
  readonly app: Application
  readonly crypto: CryptoProvider
  readonly genesisBytes: Uint8Array
  /** Holds `genesis.json`, `journal/`, `intake/` and `receipts/`; made when missing. */
  readonly dataDir: string
  readonly disk: Disk
  readonly clock: Clock
  /** Signs blocks: the Ed25519 key of the only validator in the genesis file. */
  readonly validator: Signer
  /** Signs intake receipts, Ed25519. */
  readonly nodeKey: Signer
  /** Threads that check signatures, with node:crypto; one a core when left out. 0: with `crypto`, on the thread that asks. */
  readonly workers?: number
  readonly limits?: Partial<NodeLimits>
  readonly journal?: JournalOptions
  /** Told what is worth measuring. */
  readonly metrics?: Instruments
}

/**
 * Opens a ledger on the embedded engine, recovers what the folder holds and begins to make blocks. Rejects when another
 * node has the folder open, when it belongs to another chain, or when a block does not reproduce. Rules SVC-1 to SVC-4.
 * @example const node = await openLedgerNode({ app, crypto: nodeCrypto, genesisBytes, dataDir, disk: realDisk, clock: realClock, validator, nodeKey })
 */
export async function openLedgerNode(options: OpenOptions): Promise<LedgerNode> {
  const { app, crypto, genesisBytes, dataDir, disk, clock, nodeKey } = options
  const limits = { ...nodeLimits, ...options.limits }
  // Before anything is written: else a mistyped genesis file or key would found a folder that refuses the right one.
  const ledger = new Ledger(app, crypto, genesisBytes)
  const sealer = new Sealer(crypto, ledger.founded, options.validator)
  const opened: { close(): Promise<void> }[] = []
  try {
    const journal = await openJournal(disk, `${dataDir}/journal`, options.journal)
    opened.push(journal)
    await keepGenesis(disk, dataDir, genesisBytes, journal.lastIndex > 0)
    const files = await ReceiptFiles.open(disk, `${dataDir}/receipts`)
    opened.push(files)
    const keeper = await SealedKeeper.open(ledger, journal, await Receipts.of(ledger, files, limits))
    const log = await IntakeLog.open(disk, `${dataDir}/intake`, options.journal)
    opened.push(log)

    const failure = new Failure()
    const verifier = openVerifier(options, failure)
    opened.push(verifier)
    const lightBlocks = lightBlocksOf(keeper, genesisValidators(ledger.founded))
    const parts = { disk, journal, log, keeper, verifier, nodeKey, limits, lightBlocks, others: [files] }
    const { blockActsMax: actsMax, blockBytesMax: bytesMax, proofDelayMs } = limits
    return runNode(
      parts,
      failure,
      (listener) => new EmbeddedEngine(keeper, sealer, clock, { actsMax, bytesMax, proofDelayMs }, listener),
    ).node
  } catch (cause) {
    for (const each of opened.reverse()) await each.close()
    throw cause
  }
}
