/** A proof of a fault counts in the engine until both are over: so much time, and so many blocks. */
export const EVIDENCE_MS = 48 * 3_600_000
export const EVIDENCE_BLOCKS = 100_000
/** As many as there are in 48 hours at five a second, and some. */
export const BLOCKS_KEPT_MAX = 1_000_000
/** Of so much time one height is remembered. */
const STEP_MS = 600_000

interface Past {
  readonly height: number
  readonly timeMs: number
}

/**
 * Which blocks the engine keeps for nodes that catch up. Of a block that is dropped while proofs about it count it keeps header
 * and signatures, and never looks at them again: so none is dropped before. Rule CMT-14.
 */
export class KeptBlocks {
  readonly #past: Past[] = []

  /** A block of the ledger, in order of height; not all need be named. */
  note(height: number, timeMs: number): void {
    const last = this.#past.at(-1)
    if (last === undefined || timeMs - last.timeMs >= STEP_MS) this.#past.push({ height, timeMs })
  }

  /** The lowest height to keep when the newest block is this one, of which `countMax` may be kept; 0 or less: all. */
  lowest(height: number, timeMs: number, countMax = BLOCKS_KEPT_MAX): number {
    const old = this.#past.findLastIndex((past) => past.timeMs <= timeMs - EVIDENCE_MS)
    if (old > 0) this.#past.splice(0, old)
    const byTime = old < 0 ? 0 : (this.#past[0]?.height ?? 0)
    return Math.max(height - countMax, Math.min(byTime, height - EVIDENCE_BLOCKS - 1))
  }
}
