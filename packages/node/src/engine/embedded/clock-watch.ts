import type { Clock } from '../../seams/index.ts'

const LEAP_MS_MAX = 60_000

/**
 * A wall clock that is not believed when it leaps ahead: one block at a wrong time closes gates early, and block time never
 * goes back. Rule ENG-8.
 */
export class ClockWatch {
  readonly #clock: Clock
  /** The last reading that was believed. */
  #wallMs: number
  #monotonicMs: number
  #leapMs = 0

  constructor(clock: Clock) {
    this.#clock = clock
    this.#wallMs = clock.nowMs()
    this.#monotonicMs = clock.monotonicMs()
  }

  /** UTC milliseconds of the wall clock; while it is not believed, what it would show without its leap. */
  nowMs(): number {
    const wallMs = this.#clock.nowMs()
    const monotonicMs = this.#clock.monotonicMs()
    const expectedMs = Math.floor(this.#wallMs + monotonicMs - this.#monotonicMs)
    this.#leapMs = wallMs > expectedMs + LEAP_MS_MAX ? wallMs - expectedMs : 0
    if (this.#leapMs > 0) return expectedMs
    this.#wallMs = wallMs
    this.#monotonicMs = monotonicMs
    return wallMs
  }

  /** How far it has leapt ahead, at the last look; 0 while it is believed. */
  get leapMs(): number {
    return this.#leapMs
  }
}
