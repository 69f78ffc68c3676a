import { type Commit, type Decided, type Ledger, type SealedBlock, type Understood, msFromTime } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'
import type { Journal } from '../store/index.ts'
import { Keeper } from './keeper.ts'
import { Receipts } from './receipts.ts'
import { RecentBlocks } from './recent-blocks.ts'
import { readRecord, writeRecord } from './record.ts'
import { Turns } from './turns.ts'

const RECENT_BYTES_MAX = 16 * 1024 * 1024
/** Old blocks read from the disk at once; a block may have megabytes. */
const READS_MAX = 4

/**
 * The ledger with a journal of whole blocks, one a height, sealed as they are made.
 * @example const keeper = await SealedKeeper.open(new Ledger(app, nodeCrypto, genesisBytes), journal)
 */
export class SealedKeeper extends Keeper {
  readonly #journal: Journal
  readonly #recent = new RecentBlocks<SealedBlock>(RECENT_BYTES_MAX)
  readonly #reads = new Turns(READS_MAX)

  private constructor(ledger: Ledger, receipts: Receipts, journal: Journal) {
    super(ledger, receipts)
    this.#journal = journal
  }

  /** Replays the journal onto a ledger that has just been founded. Rejects with height and reason when a block does not follow or was not signed. Rule KEEP-3. */
  static async open(ledger: Ledger, journal: Journal, kept?: Receipts): Promise<SealedKeeper> {
    const receipts = kept ?? (await Receipts.inMemory(ledger))
    const keeper = new SealedKeeper(ledger, receipts, journal)
    for await (const { index, payload } of journal.records()) {
      const fault = keeper.#replay(payload)
      if (fault !== undefined) throw new Error(`journal: block ${index}: ${fault}`)
      await receipts.keepUp()
    }
    return keeper
  }

  /** Makes a block durable, and only then part of the ledger. Rule KEEP-1. */
  async persist(decided: Decided, commit: Commit, understood: readonly Understood[]): Promise<void> {
    const { header, txs } = decided.block
    const block: SealedBlock = { header, txs, commit }
    await this.receipts.keepUp()
    await this.#journal.append([writeRecord(block)])
    const stored = this.#take(decided, block, understood)
    this.announce({ height: header.height, stored })
    this.headMoved()
  }

  override async block(height: number): Promise<SealedBlock | undefined> {
    const recent = this.#recent.get(height)
    if (recent !== undefined) return recent
    if (!Number.isSafeInteger(height) || height < 1 || height > this.ledger.tip.height) return undefined
    const block = await this.#reads.take(async () => readRecord(await this.#journal.read(height)))
    if (typeof block === 'string') throw new Error(`journal: block ${height}: ${block}`)
    return block
  }

  override async txs(height: number): Promise<readonly Uint8Array[] | undefined> {
    return (await this.block(height))?.txs
  }

  /**
   * Decides a recorded block again; a string says what is wrong with it. The node checked every signature before it made
   * the block and then signed the block, so the block's signature stands for those of its acts.
   */
  #replay(record: Uint8Array): string | undefined {
    const { ledger } = this
    const block = readRecord(record)
    if (typeof block === 'string') return block
    const timeMs = msFromTime(block.header.time)
    const understood = block.txs.map((tx) => ledger.trust(tx, timeMs))
    const decided = ledger.replay(block, understood)
    if (typeof decided === 'string') return decided
    this.#take(decided, block, understood)
    return undefined
  }

  #take(decided: Decided, block: SealedBlock, understood: readonly (Understood | undefined)[]): readonly Stored[] {
    this.ledger.commit(decided, block.commit)
    this.#recent.add(block.header.height, block)
    return this.remember(decided.executed, understood)
  }
}
