/** The only source of time and timers in `node`, so that a simulator can be the clock. */
export interface Clock {
  /** Wall clock, UTC milliseconds since 1970. It may step backwards; nobody may rely on it being monotonic. */
  nowMs(): number
  /**
   * Milliseconds that pass at an even rate from an instant of no meaning: only differences say something. It may stand
   * still while the machine sleeps.
   */
  monotonicMs(): number
  /**
   * Calls `fn` once, when `nowMs()` has reached `atMs` (at the next turn when it has already passed).
   * @returns cancels the call; harmless when it already happened.
   * @example const cancel = clock.wakeAt(clock.nowMs() + 1_000, () => proposeBlock())
   */
  wakeAt(atMs: number, fn: () => void): () => void
  /** The same once `ms` have passed by the monotonic clock, whatever the wall clock shows; at most 2^31-1. */
  wakeAfter(ms: number, fn: () => void): () => void
}

/** setTimeout counts in int32; a longer wait is made of several. */
const TIMEOUT_MS_MAX = 2 ** 31 - 1

/** The machine's clock. */
export const realClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  wakeAfter(ms, fn) {
    const timer = setTimeout(fn, ms)
    return () => clearTimeout(timer)
  },
  wakeAt(atMs, fn) {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const leftMs = atMs - Date.now()
      timer = setTimeout(leftMs > 0 ? wake : fn, Math.min(Math.max(leftMs, 0), TIMEOUT_MS_MAX))
    }
    // A timer may fire a millisecond early against the wall clock, or the clock may have been set back: look again.
    const wake = (): void => {
      if (Date.now() >= atMs) fn()
      else arm()
    }
    arm()
    return () => clearTimeout(timer)
  },
}
