import { type Commit, type Decided, type Ledger, type SealedBlock, type Understood, msFromTime } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'
import type { Journal } from '../store/index.ts'
import { ReceiptIndex } from './receipt-index.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { readRecord, writeRecord } from './record.ts'
import { Turns } from './turns.ts'

const RECENT_BYTES_MAX = 16 * 1024 * 1024
/** Old blocks read from the disk at once; a block may have megabytes. */
const READS_MAX = 4

export interface NewBlock {
  readonly height: number
  /** What it recorded, in the order of the log. */
  readonly stored: readonly Stored[]
}

/**
 * The ledger with its journal: what it says is committed is durable. Rules KEEP-1 to KEEP-5 of SPEC.md in `engine`.
 * @example const keeper = await LedgerKeeper.open(new Ledger(app, nodeCrypto, genesisBytes), journal)
 */
export class LedgerKeeper {
  readonly ledger: Ledger
  readonly receipts = new ReceiptIndex()
  readonly #journal: Journal
  readonly #recent = new RecentBlocks(RECENT_BYTES_MAX)
  readonly #reads = new Turns(READS_MAX)
  readonly #listeners = new Set<(block: NewBlock) => void>()

  private constructor(ledger: Ledger, journal: Journal) {
    this.ledger = ledger
    this.#journal = journal
  }

  /** Replays the journal onto a ledger that has just been founded. Rejects with height and reason when a block does not follow or was not signed. Rule KEEP-3. */
  static async open(ledger: Ledger, journal: Journal): Promise<LedgerKeeper> {
    const keeper = new LedgerKeeper(ledger, journal)
    for await (const { index, payload } of journal.records()) {
      const fault = keeper.#replay(payload)
      if (fault !== undefined) throw new Error(`journal: block ${index}: ${fault}`)
    }
    return keeper
  }

  /** Makes a block durable, and only then part of the ledger. Rule KEEP-1. */
  async persist(decided: Decided, commit: Commit, understood: readonly Understood[]): Promise<void> {
    const { header, txs } = decided.block
    const block: SealedBlock = { header, txs, commit }
    await this.#journal.append([writeRecord(block)])
    const stored = this.#take(decided, block, understood)
    for (const listener of this.#listeners) listener({ height: header.height, stored })
  }

  /** Called after each commit, before anything else happens; it must not throw. Returns a function that ends it. */
  onCommit(listener: (block: NewBlock) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The block of this height, from memory or from disk; undefined when there is none. */
  async block(height: number): Promise<SealedBlock | undefined> {
    const recent = this.#recent.get(height)
    if (recent !== undefined) return recent
    if (!Number.isSafeInteger(height) || height < 1 || height > this.ledger.tip.height) return undefined
    const block = await this.#reads.take(async () => readRecord(await this.#journal.read(height)))
    if (typeof block === 'string') throw new Error(`journal: block ${height}: ${block}`)
    return block
  }

  /**
   * Decides a recorded block again; a string says what is wrong with it. The node checked every signature before it made
   * the block and then signed the block, so the block's signature stands for those of its acts.
   */
  #replay(record: Uint8Array): string | undefined {
    const { ledger } = this
    const block = readRecord(record)
    if (typeof block === 'string') return block
    const { header, txs, commit } = block
    const timeMs = msFromTime(header.time)
    const understood = txs.map((tx) => ledger.trust(tx, timeMs))
    const decided = ledger.replay({ header, txs, commit }, understood)
    if (typeof decided === 'string') return decided
    this.#take(decided, block, understood)
    return undefined
  }

  #take(decided: Decided, block: SealedBlock, understood: readonly (Understood | undefined)[]): readonly Stored[] {
    this.ledger.commit(decided, block.commit)
    this.#recent.add(block)
    const positions = new Map<string, number>()
    understood.forEach((act, position) => act !== undefined && positions.set(act.envelope.id, position))
    return this.receipts.add(decided.executed.recorded, positions)
  }
}
