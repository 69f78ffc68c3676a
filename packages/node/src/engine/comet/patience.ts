import type { Clock } from '../../seams/index.ts'

/** A commit is to wait for checks no longer than about a fifth of a second; half of it is for what else it takes. */
const PATIENCE_MS = 100
/** Acts read in vain between two blocks, a thirtieth of a second of work: honest nodes cause a few, by parcels that come late. */
const VAIN_MAX = 1_000

/**
 * Between the execution of a block and its commit the engine waits for all it has asked about the mempool before, and has queued.
 * Of honest nodes that is work to be done in any case. But no honest node passes on a false signature, or much that is read in
 * vain, and without end they would hold up every block: once they have been seen, the checks end a little after the block's
 * execution. Rule CMT-19.
 */
export class Patience {
  readonly #clock: Clock
  readonly #waiting = new Set<() => void>()
  /** Monotonic; when a block was executed that is not committed yet. */
  #executedMs: number | undefined
  #isTried = false
  #isOver = false
  #vain = 0
  #cancel: () => void = () => undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** A block has been executed. */
  begin(): void {
    this.#executedMs = this.#clock.monotonicMs()
    this.#limit()
  }

  /** Somebody has passed on a false signature. */
  try(): void {
    if (this.#isTried) return
    this.#isTried = true
    this.#limit()
  }

  /** An act has been read that nobody had read before, and is refused; false once they are too many. */
  bearsVain(): boolean {
    this.#vain += 1
    if (this.#vain <= VAIN_MAX) return true
    this.try()
    return false
  }

  /** The engine waits no longer: it commits, or is another. */
  end(): void {
    this.#cancel()
    this.#executedMs = undefined
    this.#isTried = false
    this.#isOver = false
    this.#vain = 0
  }

  /** What `work` comes to, or `late` once it takes too long. */
  orLate<T>(work: Promise<T>, late: T): Promise<T> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => resolve(late)
      this.#waiting.add(giveUp)
      work.finally(() => this.#waiting.delete(giveUp)).then(resolve, reject)
    })
  }

  #limit(): void {
    this.#cancel()
    if (this.#executedMs === undefined || !this.#isTried) return
    const leftMs = this.#executedMs + PATIENCE_MS - this.#clock.monotonicMs()
    this.#cancel = this.#clock.wakeAfter(Math.max(0, leftMs), () => {
      this.#isOver = true
      for (const giveUp of this.#waiting) giveUp()
      this.#waiting.clear()
    })
  }
}
