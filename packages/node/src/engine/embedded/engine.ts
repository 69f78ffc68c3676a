import { type Understood, nextWake } from '@dujiang/chain'
import { equalBytes } from '@dujiang/core/crypto'
import type { SealedKeeper } from '../../ledger/index.ts'
import type { Clock } from '../../seams/index.ts'
import type { Engine, EngineListener, Stall } from '../engine.ts'
import { ClockWatch } from './clock-watch.ts'
import { type BlockLimits, type Proposal, propose } from '../proposal.ts'
import type { Sealer } from './seal.ts'

const MINUTE_MS = 60_000
const MARGIN_MS = 1_000

export interface EmbeddedLimits extends BlockLimits {
  /** How long a changed app hash waits for acts to come along before an empty block is made for its sake. */
  readonly proofDelayMs: number
}

/**
 * The engine of one machine: one loop that decides, signs and stores a block after another. What arrives while one is
 * being stored forms the next. Rules ENG-1 to ENG-6 and ENG-8.
 */
export class EmbeddedEngine implements Engine {
  readonly #keeper: SealedKeeper
  readonly #sealer: Sealer
  readonly #clock: Clock
  readonly #watch: ClockWatch
  readonly #limits: EmbeddedLimits
  readonly #listener: EngineListener
  #queue: Understood[] = []
  /** The instant at which the newest app hash deserves a header of its own; undefined when it has one. */
  #proofAtMs: number | undefined
  #uncertain: ReadonlySet<string> = new Set()
  #awake: () => void = () => undefined
  #running: Promise<void> | undefined
  #ending = false

  constructor(keeper: SealedKeeper, sealer: Sealer, clock: Clock, limits: EmbeddedLimits, listener: EngineListener) {
    this.#keeper = keeper
    this.#sealer = sealer
    this.#clock = clock
    this.#watch = new ClockWatch(clock)
    this.#limits = limits
    this.#listener = listener
  }

  start(): void {
    this.#proofAtMs = this.#proofDueMs(0)
    this.#running = this.#run()
  }

  offer(act: Understood): void {
    this.#queue.push(act)
    this.#awake()
  }

  nowMs(): number {
    return Math.max(this.#keeper.ledger.tip.timeMs + 1, this.#watch.nowMs())
  }

  /** Nobody else makes blocks, and none is made with another time than that. */
  earliestMs(): number {
    return this.nowMs()
  }

  /** A block is made at once, unless one is being made: longest while a gate is cleared. */
  marginMs(): number {
    return MARGIN_MS
  }

  stalled(): Stall | undefined {
    this.#watch.nowMs()
    const { leapMs } = this.#watch
    if (leapMs === 0) return undefined
    const seconds = Math.round(leapMs / 1_000)
    const until = 'until it is put right, or the node is started anew because it is right'
    return { reason: `the clock has leapt ${seconds} s ahead: no block is made ${until}`, turnsAway: 'clockLeapt' }
  }

  async stop(): Promise<void> {
    this.#ending = true
    this.#awake()
    await this.#running
  }

  async #run(): Promise<void> {
    try {
      for (;;) {
        const timeMs = this.nowMs()
        if (this.#watch.leapMs > 0) {
          if (this.#ending) break
          await this.#pause()
          continue
        }
        const proposal = this.#choose(timeMs)
        if (proposal.acts.length > 0 || (!this.#ending && this.#blockIsDue(timeMs))) await this.#make(proposal, timeMs)
        else if (this.#ending) break
        else await this.#sleep(proposal.overQuota ? nextMinuteMs(timeMs) : undefined)
      }
      for (const { envelope } of this.#queue) this.#dropStopping(envelope.id)
    } catch (cause) {
      this.#listener.onFailure(cause, this.#uncertain)
    }
  }

  #choose(timeMs: number): Proposal {
    const proposal = propose(this.#keeper.ledger, this.#queue, timeMs, this.#limits)
    this.#queue = [...proposal.waiting]
    for (const { act, refusal } of proposal.refused) {
      this.#listener.onDropped(act.envelope.id, { kind: 'inadmissible', refusal, id: act.envelope.id })
    }
    return proposal
  }

  #blockIsDue(timeMs: number): boolean {
    if (this.#proofAtMs !== undefined && this.#proofAtMs <= timeMs) return true
    const wake = nextWake(this.#keeper.ledger.view())
    return wake !== undefined && wake.atMs <= timeMs
  }

  async #make({ acts }: Proposal, timeMs: number): Promise<void> {
    const { ledger } = this.#keeper
    const txs = acts.map(({ envelope }) => envelope.bytes)
    const decided = ledger.decide(txs, timeMs, this.#sealer.address, acts)
    const commit = this.#sealer.seal(decided)
    this.#uncertain = new Set(acts.map(({ envelope }) => envelope.id))
    await this.#keeper.persist(decided, commit, acts)
    this.#uncertain = new Set()
    // A rule that changed in this very block can leave an act without receipt: it is judged anew with the next one.
    this.#queue = [
      ...acts.filter(({ envelope: { id, body } }) => !ledger.state.seen.has(id, body.expires)),
      ...this.#queue,
    ]
    this.#proofAtMs = this.#proofDueMs(this.#limits.proofDelayMs)
  }

  #proofDueMs(delayMs: number): number | undefined {
    const { head, tip } = this.#keeper.ledger
    if (head === undefined || equalBytes(head.header.appHash, tip.appHash)) return undefined
    return this.#clock.nowMs() + delayMs
  }

  /** Until something is offered, falls due or wants its proof, or until `untilMs`. */
  async #sleep(untilMs: number | undefined): Promise<void> {
    const wakeMs = nextWake(this.#keeper.ledger.view())?.atMs
    const times = [untilMs, this.#proofAtMs, wakeMs].filter((time) => time !== undefined)
    await new Promise<void>((resolve) => {
      const cancel = times.length === 0 ? () => undefined : this.#clock.wakeAt(Math.min(...times), resolve)
      this.#awake = () => {
        cancel()
        resolve()
      }
    })
    this.#awake = () => undefined
  }

  /** Looks at the clock again in a second: a timer of its own time would come too late if it is put back. */
  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#clock.wakeAfter(1_000, resolve)
      this.#awake = () => {
        cancel()
        resolve()
      }
    })
    this.#awake = () => undefined
  }

  #dropStopping(id: string): void {
    this.#listener.onDropped(id, { kind: 'busy', reason: 'stopping', retryAfterSeconds: 5, id })
  }
}

const nextMinuteMs = (timeMs: number): number => timeMs - (timeMs % MINUTE_MS) + MINUTE_MS
