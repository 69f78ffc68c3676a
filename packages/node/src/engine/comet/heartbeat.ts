import type { Clock } from '../../seams/index.ts'
import type { Stall } from '../engine.ts'

/** Of the newest so many blocks it is remembered how far their time was behind the clock. */
const BLOCKS_WATCHED = 64
const MARGIN_MS_MIN = 2_000
/** The heartbeat is a block a second; a failed round takes some seconds more. */
const STILL_MS = 15_000
/** A block that is so old when it is executed is not new: others had it before, or this node's clock is ahead. */
const OLD_MS = 10_000
/** Whoever catches up is nearer after it, by far more than a tenth of it. */
const LOOK_MS = 10_000

/**
 * The ledger's clock as this node sees it: a block's time is the median of what the validators' clocks showed when they
 * signed the block before, so it is a little behind, and stands still when no blocks are made. Rule CMT-14.
 */
export class Heartbeat {
  readonly #clock: Clock
  /** Of the blocks that came in time. */
  readonly #lagsMs: number[] = []
  /** Monotonic. */
  #sinceMs: number
  #lagMs: number | undefined
  /** Where blocks have been old for a while: how old they were at the beginning of it. */
  #old: { readonly sinceMs: number; readonly lagMs: number } | undefined
  #clockIsAhead = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.monotonicMs()
  }

  beat(blockTimeMs: number): void {
    this.#sinceMs = this.#clock.monotonicMs()
    this.#lagMs = this.#clock.nowMs() - blockTimeMs
    // An old block says how far this node was behind the others, not how far block time is behind the clock.
    if (this.#lagMs > OLD_MS) return this.#lookAtOld(this.#lagMs)
    this.#old = undefined
    this.#clockIsAhead = false
    this.#lagsMs.push(this.#lagMs)
    if (this.#lagsMs.length > BLOCKS_WATCHED) this.#lagsMs.shift()
  }

  /** How far the newest block's time was behind the clock when it was committed here. */
  get lagMs(): number {
    return this.#lagMs ?? 0
  }

  /** Within it an act may miss a block, and a block the clock. */
  get marginMs(): number {
    return Math.max(2 * Math.max(0, ...this.#lagsMs), MARGIN_MS_MIN)
  }

  stalled(): Stall | undefined {
    const stillMs = this.#clock.monotonicMs() - this.#sinceMs
    if (stillMs > STILL_MS) {
      const seconds = Math.round(stillMs / 1_000)
      return { reason: `no block for ${seconds} s: fewer than two thirds of the validators may be there` }
    }
    if (this.#lagMs === undefined) return { reason: 'the node is starting', turnsAway: 'catchingUp' }
    if (this.#clockIsAhead) {
      const seconds = Math.round(this.lagMs / 1_000)
      return {
        reason: `the clock of this node is ${seconds} s ahead of those of the validators`,
        turnsAway: 'clockLeapt',
      }
    }
    if (this.lagMs > OLD_MS) return { reason: 'the node is catching up with the others', turnsAway: 'catchingUp' }
    return undefined
  }

  /** Blocks that stay as old as they are come as fast as they are made: then it is the clock. */
  #lookAtOld(lagMs: number): void {
    this.#old ??= { sinceMs: this.#sinceMs, lagMs }
    const lookedMs = this.#sinceMs - this.#old.sinceMs
    if (lookedMs < LOOK_MS) return
    this.#clockIsAhead = (this.#old.lagMs - lagMs) * 10 < lookedMs
    this.#old = { sinceMs: this.#sinceMs, lagMs }
  }
}
