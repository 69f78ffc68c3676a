import type { Clock } from './clock.ts'

interface Timer {
  readonly atMs: number
  readonly order: number
  readonly fn: () => void
}

/** A clock that stands still until it is moved. Timers fire in order of time, then of being set. */
export class SimClock implements Clock {
  #nowMs: number
  #order = 0
  #timers: Timer[] = []

  constructor(startMs = 0) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  wakeAt(atMs: number, fn: () => void): () => void {
    const timer = { atMs, order: this.#order++, fn }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** When the next timer is due, or undefined when none is set. */
  nextMs(): number | undefined {
    return this.#next()?.atMs
  }

  /**
   * Moves time to `toMs`, firing every timer due on the way, also those set while moving. Between two timers all
   * promise callbacks run, so that code woken by the first has done its work before the second fires.
   */
  async advanceTo(toMs: number): Promise<void> {
    if (toMs < this.#nowMs) throw new Error(`clock cannot go back from ${this.#nowMs} to ${toMs}`)
    await settled()
    for (let timer = this.#next(); timer !== undefined && timer.atMs <= toMs; timer = this.#next()) {
      this.#timers.splice(this.#timers.indexOf(timer), 1)
      this.#nowMs = Math.max(this.#nowMs, timer.atMs)
      timer.fn()
      await settled()
    }
    this.#nowMs = toMs
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (first === undefined || timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order)) {
        first = timer
      }
    }
    return first
  }
}

/** Resolves when every promise callback that can run has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
