import {
  type Application,
  type Commit,
  type Decided,
  type Header,
  Ledger,
  type SealedBlock,
  type Understood,
} from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Stored } from '../service/ledger-node.ts'
import type { Journal } from '../store/index.ts'
import { ReceiptIndex } from './receipt-index.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { readRecord, writeRecord } from './record.ts'
import { replayRecord } from './replay.ts'

const RECENT_BYTES_MAX = 16 * 1024 * 1024

/** The newest header with its signatures, and what its app hash commits to. */
export interface Head {
  readonly header: Header
  readonly commit: Commit
  /** Receipts in the log as the header commits to it: those below this index are provable. */
  readonly receipts: number
  readonly stateRoot: Uint8Array
}

export interface NewBlock {
  readonly height: number
  /** What it recorded, in the order of the log. */
  readonly stored: readonly Stored[]
}

/**
 * The ledger with its journal: what it says is committed is durable. Rules KEEP-1 to KEEP-4 of SPEC.md in `engine`.
 * @example const keeper = await LedgerKeeper.open(app, nodeCrypto, genesisBytes, journal)
 */
export class LedgerKeeper {
  readonly ledger: Ledger
  readonly receipts = new ReceiptIndex()
  readonly #journal: Journal
  readonly #recent = new RecentBlocks(RECENT_BYTES_MAX)
  readonly #listeners = new Set<(block: NewBlock) => void>()
  #head: Head | undefined

  private constructor(ledger: Ledger, journal: Journal) {
    this.ledger = ledger
    this.#journal = journal
  }

  /** Replays the journal. Rejects with height and reason when a block does not give again what it gave. Rule KEEP-3. */
  static async open(
    app: Application,
    crypto: CryptoProvider,
    genesisBytes: Uint8Array,
    journal: Journal,
  ): Promise<LedgerKeeper> {
    const keeper = new LedgerKeeper(new Ledger(app, crypto, genesisBytes), journal)
    for await (const { index, payload } of journal.records()) {
      const replayed = replayRecord(keeper.ledger, payload)
      if (typeof replayed === 'string') throw new Error(`journal: block ${index}: ${replayed}`)
      keeper.#take(replayed.decided, replayed.block, replayed.understood)
    }
    return keeper
  }

  /** Undefined before the first block. */
  get head(): Head | undefined {
    return this.#head
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
    for await (const { payload } of this.#journal.records(height)) {
      const block = readRecord(payload)
      if (typeof block === 'string') throw new Error(`journal: block ${height}: ${block}`)
      return block
    }
    throw new Error(`journal: block ${height} is missing`)
  }

  #take(decided: Decided, block: SealedBlock, understood: readonly (Understood | undefined)[]): readonly Stored[] {
    const { header, commit } = block
    // Before the block is taken in: the header's app hash is that of the state it was decided on.
    const { tree, receipts } = this.ledger.state
    this.#head = { header, commit, receipts: receipts.size, stateRoot: tree.root() }
    this.ledger.commit(decided, commit)
    this.#recent.add(block)
    const positions = new Map<string, number>()
    understood.forEach((act, position) => act !== undefined && positions.set(act.envelope.id, position))
    return this.receipts.add(decided.executed.recorded, positions)
  }
}
