import {
  Defect,
  type Ledger,
  type Misbehaviour,
  type SealedBlock,
  headerHash,
  readEvidence,
  timeFromMs,
  type Tip,
} from '@dujiang/chain'
import { type Hash, equalBytes } from '@dujiang/core/crypto'
import type { Archive, Seal } from '../engine/comet/index.ts'
import { type Decision, writeDecision } from '../engine/comet/record.ts'
import type { Journal } from '../store/index.ts'

/** Bytes of transactions, and seals, that share a sync. */
const BATCH_BYTES = 8 * 2 ** 20
const BATCH_SEALS = 1_024

/** What a node that joined by snapshot has of its own. */
export interface Own {
  /** The ledger at its base. */
  readonly base: Ledger
  /** The last height in its journal; the base's where there is none. */
  readonly recordedHeight: number
  /** Heights of the seals it has kept, ascending. */
  readonly sealed: readonly number[]
}

/** Turns the audited blocks up to a base into the records and seals of a node that has executed them itself. Rules IMP-2, IMP-3. */
export class HistoryWriter {
  readonly #own: Own
  readonly #journal: Journal
  readonly #archive: Archive
  /** After the last block up to the base. */
  #tip: Tip | undefined
  #recordedHeight = 0
  /** The first block that validators sign whom a block up to the base has named, until it has come. */
  #firstOfNewSet: number | undefined
  #decisions: Decision[] = []
  #seals: Seal[] = []
  #bytes = 0
  /**
   * Seals above the base that the node should have: it could not know what the last blocks up to the base, which it has not
   * executed, make of the first ones after it.
   */
  readonly afterBase: Seal[] = []

  constructor(own: Own, journal: Journal, archive: Archive) {
    this.#own = own
    this.#journal = journal
    this.#archive = archive
  }

  /** @param ledger as the block has left it */
  async take(block: SealedBlock, ledger: Ledger): Promise<void> {
    const { txs: _, ...seal } = block
    const { height } = block.header
    const { base, recordedHeight, sealed } = this.#own
    if (height > Math.min(base.tip.height + 2, recordedHeight)) return
    if (height === this.#firstOfNewSet) this.#firstOfNewSet = undefined
    if (height <= base.tip.height) {
      this.#seals.push(seal)
      this.#pass(block, ledger)
    } else if (!sealed.includes(height)) this.afterBase.push(seal)
    if (this.#bytes >= BATCH_BYTES || this.#seals.length >= BATCH_SEALS) await this.#flush()
  }

  /** Ends the history at the base; a string says why this is not what led to it. */
  async end(): Promise<string | undefined> {
    const { base, sealed, recordedHeight } = this.#own
    const { height, timeMs, appHash } = base.tip
    if (this.#tip === undefined || !equalBytes(this.#tip.appHash, appHash)) {
      return `up to block ${height}, at which this node joined, it leads to another state, or ends before it`
    }
    const owed = this.#firstOfNewSet
    if (owed !== undefined && !sealed.includes(owed) && (sealed.at(-1) ?? 0) > owed) {
      return `it ends before block ${owed}, the first of new validators, whose signatures this node has not`
    }
    // The engine has blocks from here on: it must not be asked for those before.
    if (recordedHeight === height && this.#recordedHeight < height) {
      const unknown = { hash: new Uint8Array(32), proposer: new Uint8Array(20) }
      const times = { time: timeFromMs(timeMs), previousTimeMs: this.#tip.timeMs }
      this.#decisions.push({ ...unknown, ...times, height, misbehaviour: [], appHash, txs: [] })
    }
    await this.#flush()
    return undefined
  }

  #pass({ header, txs, evidence = [] }: SealedBlock, { crypto, founded, tip }: Ledger): void {
    const { height, time, appHash } = header
    // Exact: the block before one that did something is never left out.
    const previousTimeMs = this.#tip?.timeMs ?? founded.genesis.time
    this.#tip = tip
    if (tip.validators.next !== tip.validators.afterNext) this.#firstOfNewSet = height + 2
    const isQuiet = txs.length === 0 && equalBytes(appHash, tip.appHash)
    if (isQuiet && height < this.#own.base.tip.height) return
    this.#recordedHeight = height
    this.#bytes += txs.reduce((sum, tx) => sum + tx.length, 0)
    this.#decisions.push({
      height,
      time,
      previousTimeMs,
      hash: headerHash(crypto.sha256, header),
      proposer: header.proposerAddress,
      misbehaviour: evidence.flatMap((raw) => provedBy(crypto.sha256, raw)),
      appHash: tip.appHash,
      txs,
    })
  }

  async #flush(): Promise<void> {
    await this.#journal.append(this.#decisions.map(writeDecision))
    if (this.#seals.length > 0) await this.#archive.add(this.#seals)
    this.#decisions = []
    this.#seals = []
    this.#bytes = 0
  }
}

function provedBy(sha256: Hash, raw: Uint8Array): readonly Misbehaviour[] {
  const proved = readEvidence(sha256, raw)
  if (typeof proved === 'string') throw new Defect('IMP-2', `audited evidence cannot be read: ${proved}`)
  return proved
}
