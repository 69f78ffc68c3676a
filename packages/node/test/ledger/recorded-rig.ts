import { type Recorded, Ledger } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actOf, actorOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import { ReceiptFiles, type ReceiptLimits, Receipts } from '../../src/ledger/index.ts'
import type { Disk } from '../../src/seams/index.ts'

const alice = actorOf('ALICE')
const genesisBytes = trivialGenesis([alice])

/** Nothing but the newest block. */
export const NOTHING: ReceiptLimits = { receiptBytesKept: 0, leavesKept: 0 }

/** A ledger that grows block by block, with its receipts, and what it has recorded as it was recorded. */
export class Recording {
  readonly ledger: Ledger
  readonly receipts: Receipts
  readonly files: ReceiptFiles
  readonly all: Recorded[] = []

  private constructor(ledger: Ledger, receipts: Receipts, files: ReceiptFiles) {
    this.ledger = ledger
    this.receipts = receipts
    this.files = files
  }

  static async open(disk: Disk, limits = NOTHING, ledger = newLedger()): Promise<Recording> {
    const files = await ReceiptFiles.open(disk, 'node/receipts')
    return new Recording(ledger, await Receipts.of(ledger, files, limits), files)
  }

  /** So many blocks, each of one to three acts. */
  async grow(blocks: number): Promise<void> {
    for (let i = 0; i < blocks; i++) {
      const { height } = this.ledger.tip
      const recorded = growLedger(this.ledger, 1 + (height % 3))
      const positions = new Map(recorded.map(({ receipt }, position) => [receipt.id, position]))
      this.receipts.add(height + 1, recorded, positions)
      this.all.push(...recorded)
      await this.written()
    }
  }

  /** Until all is in the files. */
  async written(): Promise<void> {
    await this.files.records.settle()
    await this.files.leaves.settle()
  }
}

export const newLedger = (): Ledger => new Ledger(trivialApp(), nodeCrypto, genesisBytes)

/** A block of so many acts; the same for the same ledger. */
export function growLedger(ledger: Ledger, acts: number): readonly Recorded[] {
  const timeMs = ledger.tip.timeMs + 60_000
  const txs = Array.from({ length: acts }, (_, at) =>
    actOf(alice, {
      act: 'tally.mix',
      sequence: 10 * ledger.tip.height + at + 1,
      expires: timeMs + 30_000,
      chain: ledger.chain.id,
      payload: { tally: 'T', amount: at },
    }),
  )
  const executed = ledger.execute({ timeMs, txs })
  ledger.advance(executed)
  return executed.recorded
}
