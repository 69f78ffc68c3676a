import type { Clock } from './clock.ts'

interface Timer {
  readonly clock: 'wall' | 'monotonic'
  /** By that clock. */
  readonly atMs: number
  readonly order: number
  readonly fn: () => void
}

/** A clock that stands still until it is moved. Timers fire in order of time, then of being set. */
export class SimClock implements Clock {
  #nowMs: number
  /** How far the wall clock has been put ahead of the monotonic one. */
  #leapsMs = 0
  #order = 0
  #timers: Timer[] = []

  constructor(startMs = 0) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  monotonicMs(): number {
    return this.#nowMs - this.#leapsMs
  }

  wakeAt(atMs: number, fn: () => void): () => void {
    return this.#set({ clock: 'wall', atMs, order: this.#order++, fn })
  }

  wakeAfter(ms: number, fn: () => void): () => void {
    return this.#set({ clock: 'monotonic', atMs: this.monotonicMs() + ms, order: this.#order++, fn })
  }

  /** Puts the wall clock ahead, or back, at once; no timer fires before time moves again. */
  leap(ms: number): void {
    this.#nowMs += ms
    this.#leapsMs += ms
  }

  /** When the next timer is due, or undefined when none is set. */
  nextMs(): number | undefined {
    const timer = this.#next()
    return timer && this.#dueMs(timer)
  }

  /**
   * Moves time to `toMs`, firing every timer due on the way, also those set while moving. Between two timers all
   * promise callbacks run, so that code woken by the first has done its work before the second fires.
   */
  async advanceTo(toMs: number): Promise<void> {
    if (toMs < this.#nowMs) throw new Error(`clock cannot go back from ${this.#nowMs} to ${toMs}`)
    await settled()
    for (let timer = this.#next(); timer !== undefined && this.#dueMs(timer) <= toMs; timer = this.#next()) {
      this.#timers.splice(this.#timers.indexOf(timer), 1)
      this.#nowMs = Math.max(this.#nowMs, this.#dueMs(timer))
      timer.fn()
      await settled()
    }
    this.#nowMs = toMs
  }

  #set(timer: Timer): () => void {
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  /** By the wall clock as it stands. */
  #dueMs({ clock, atMs }: Timer): number {
    return clock === 'wall' ? atMs : atMs + this.#leapsMs
  }

  #next(): Timer | undefined {
    let first: Timer | undefined
    for (const timer of this.#timers) {
      if (first === undefined || this.#isBefore(timer, first)) first = timer
    }
    return first
  }

  #isBefore(one: Timer, other: Timer): boolean {
    const aheadMs = this.#dueMs(one) - this.#dueMs(other)
    return aheadMs < 0 || (aheadMs === 0 && one.order < other.order)
  }
}

/** Resolves when every promise callback that can run has run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
