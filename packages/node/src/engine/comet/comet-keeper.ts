import { type Executed, type Ledger, type SealedBlock, type Understood, msFromTime } from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import { Keeper, Receipts, RecentBlocks, Turns } from '../../ledger/index.ts'
import type { Journal } from '../../store/index.ts'
import { KeptBlocks } from './kept-blocks.ts'
import { type Decision, readDecision, writeDecision } from './record.ts'
import { Seats } from './seats.ts'

const RECENT_BYTES_MAX = 16 * 1024 * 1024
const READS_MAX = 4
/** So many blocks without effect are left to the engine, which hands them over again after a crash. */
const QUIET_BLOCKS_MAX = 1_000

/** Where the seal of a block comes from: header, signatures and evidence as the engine has them. */
export type Seals = (height: number) => Promise<Omit<SealedBlock, 'txs'> | undefined>

/** A block the engine has executed here. */
export interface Passed {
  readonly height: number
  /** Hash of its header. */
  readonly hash: Uint8Array
  /** It held nothing and did nothing. */
  readonly quiet: boolean
  /** It named other validators. */
  readonly reseats: boolean
}

/**
 * The ledger with a journal of decisions: blocks are executed, recorded and part of the ledger before their signatures are
 * known. Blocks without effect are not recorded one by one. Rules CMT-7 to CMT-9.
 */
export class CometKeeper extends Keeper {
  readonly #journal: Journal
  /** Heights of the records of the journal, ascending: the record of `heights[i]` has index i + 1. */
  readonly #heights: number[] = []
  readonly #passed: Passed[] = []
  readonly seats: Seats
  readonly kept = new KeptBlocks()
  readonly #recent = new RecentBlocks<Decision>(RECENT_BYTES_MAX)
  readonly #reads = new Turns(READS_MAX)
  /** Called after each block, before those who wait for receipts. */
  onPassed: (block: Passed) => void = () => undefined
  seals: Seals = () => Promise.resolve(undefined)

  private constructor(ledger: Ledger, receipts: Receipts, journal: Journal) {
    super(ledger, receipts)
    this.#journal = journal
    const { next, afterNext } = ledger.tip.validators
    this.seats = new Seats(ledger.tip.height + 1, next)
    // Where a node has joined, the last block before may have named others.
    if (afterNext !== next) this.seats.change(ledger.tip.height, afterNext)
  }

  /** Decides every record of the journal again. Rejects with the height when one does not lead to the state it names. */
  static async open(ledger: Ledger, journal: Journal, kept?: Receipts): Promise<CometKeeper> {
    const receipts = kept ?? (await Receipts.inMemory(ledger))
    const keeper = new CometKeeper(ledger, receipts, journal)
    for await (const { index, payload } of journal.records()) {
      const fault = keeper.#replay(payload)
      if (fault !== undefined) throw new Error(`journal: record ${index}: ${fault}`)
      await receipts.keepUp()
    }
    return keeper
  }

  /** The last height that a crash cannot take back: of the journal, or of what it goes on from. */
  get recordedHeight(): number {
    return this.#heights.at(-1) ?? this.ledger.beginHeight
  }

  /** Hands over, once, the blocks with an effect that the journal held when it was opened, ascending. */
  takePassedBefore(): readonly Passed[] {
    return this.#passed.splice(0)
  }

  /** Makes a block durable, and only then part of the ledger. */
  async persist(
    executed: Executed,
    decision: Decision,
    understood: readonly (Understood | undefined)[],
  ): Promise<void> {
    const { height } = decision
    await this.receipts.keepUp()
    if (!isQuiet(executed) || height - this.recordedHeight >= QUIET_BLOCKS_MAX) {
      await this.#journal.append([writeDecision(decision)])
      this.#heights.push(height)
    }
    const stored = this.#take(executed, decision, understood)
    this.onPassed(passed(executed, decision))
    this.announce({ height, stored })
  }

  override async block(height: number): Promise<SealedBlock | undefined> {
    if (height > this.ledger.tip.height) return undefined
    const seal = await this.seals(height)
    return seal && { ...seal, txs: (await this.txs(height)) ?? [] }
  }

  override async txs(height: number): Promise<readonly Uint8Array[] | undefined> {
    const recent = this.#recent.get(height)
    if (recent !== undefined) return recent.txs
    const at = indexIn(this.#heights, height)
    if (at === undefined) return undefined
    const decision = await this.#reads.take(async () => readDecision(await this.#journal.read(at + 1)))
    if (typeof decision === 'string') throw new Error(`journal: block ${height}: ${decision}`)
    return decision.txs
  }

  /**
   * The node judged every signature before it recorded the block. What its own disk might have changed shows in the state's
   * hash, which the engine compares with that of the next header.
   */
  #replay(record: Uint8Array): string | undefined {
    const { ledger } = this
    const decision = readDecision(record)
    if (typeof decision === 'string') return decision
    const { height, time, previousTimeMs, misbehaviour, txs } = decision
    const timeMs = msFromTime(time)
    if (height <= ledger.tip.height) return `height ${height} after ${ledger.tip.height}`
    const understood = txs.map((tx) => ledger.trust(tx, timeMs))
    const executed = ledger.execute({ height, timeMs, previousTimeMs, txs, misbehaviour, understood })
    if (!equalBytes(executed.appHash, decision.appHash)) return `block ${height} leads to another state`
    this.#heights.push(height)
    this.#take(executed, decision, understood)
    if (!isQuiet(executed)) this.#passed.push(passed(executed, decision))
    return undefined
  }

  #take(executed: Executed, decision: Decision, understood: readonly (Understood | undefined)[]) {
    this.ledger.advance(executed)
    this.kept.note(executed.height, executed.timeMs)
    if (executed.validators !== undefined) this.seats.change(executed.height, executed.validators)
    if (decision.txs.length > 0) this.#recent.add(decision.height, decision)
    return this.remember(executed, understood)
  }
}

/** It held nothing and did nothing: whoever misses it misses nothing. */
const isQuiet = ({ results, recorded }: Executed): boolean => results.length === 0 && recorded.length === 0

const passed = (executed: Executed, { height, hash }: Decision): Passed => ({
  height,
  hash,
  quiet: isQuiet(executed),
  reseats: executed.validators !== undefined,
})

function indexIn(ascending: readonly number[], wanted: number): number | undefined {
  let low = 0
  let high = ascending.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ascending[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return ascending[low] === wanted ? low : undefined
}
