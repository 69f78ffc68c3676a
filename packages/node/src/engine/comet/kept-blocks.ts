/** As long as the engine's proofs of faults count. */
const KEPT_MS = 48 * 3_600_000
/** Also where no block was made for days: some hours of heartbeats. */
export const BLOCKS_KEPT_MIN = 10_000
/** As many as there are in 48 hours at five a second, and some. */
export const BLOCKS_KEPT_MAX = 1_000_000
/** Of so much time one height is remembered. */
const STEP_MS = 600_000

interface Past {
  readonly height: number
  readonly timeMs: number
}

/** Which blocks the engine keeps for nodes that catch up: a number of them alone would be a day, or an hour. Rule CMT-14. */
export class KeptBlocks {
  readonly #past: Past[] = []

  /** A block of the ledger, in order of height; not all need be named. */
  note(height: number, timeMs: number): void {
    const last = this.#past.at(-1)
    if (last === undefined || timeMs - last.timeMs >= STEP_MS) this.#past.push({ height, timeMs })
  }

  /** The lowest height to keep when the newest block is this one, of which `countMax` may be kept; 0 or less: all. */
  lowest(height: number, timeMs: number, countMax = BLOCKS_KEPT_MAX): number {
    const old = this.#past.findLastIndex((past) => past.timeMs <= timeMs - KEPT_MS)
    if (old > 0) this.#past.splice(0, old)
    const byTime = old < 0 ? 0 : (this.#past[0]?.height ?? 0)
    return Math.max(height - countMax, Math.min(byTime, height - BLOCKS_KEPT_MIN))
  }
}
