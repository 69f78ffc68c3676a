import type { Clock } from '../../seams/index.ts'
import { STILL_MS } from './heartbeat.ts'

const LOOK_AGAIN_MS = 5_000

/**
 * Whether others have come further than this node, asked while no block comes: one that is stranded stands still like one among
 * too few. Rule CMT-14.
 */
export class Others {
  readonly #decidingOn: () => Promise<number>
  readonly #clock: Clock
  #cancel: () => void = () => undefined
  /** The last block that one of them has, as far as is known. */
  #furthest = 0
  /** An answer that was asked for before the last block says nothing any more. */
  #look = 0
  #stopped = false

  /** @param decidingOn gives the height that the foremost peer is deciding on, 0 without peers */
  constructor(decidingOn: () => Promise<number>, clock: Clock) {
    this.#decidingOn = decidingOn
    this.#clock = clock
  }

  /** The node begins, or has committed a block. */
  moved(): void {
    this.#cancel()
    this.#look += 1
    this.#furthest = 0
    if (!this.#stopped) this.#lookAfter(STILL_MS)
  }

  stop(): void {
    this.#stopped = true
    this.moved()
  }

  /** The last block that one of them is known to have, where that is above `height`. */
  beyond(height: number): number | undefined {
    return this.#furthest > height ? this.#furthest : undefined
  }

  #lookAfter(ms: number): void {
    const look = this.#look
    this.#cancel = this.#clock.wakeAfter(ms, () => {
      const see = (height: number): void => {
        if (look !== this.#look) return
        this.#furthest = height - 1
        this.#lookAfter(LOOK_AGAIN_MS)
      }
      // An engine that does not answer knows of nobody.
      this.#decidingOn().then(see, () => see(0))
    })
  }
}
