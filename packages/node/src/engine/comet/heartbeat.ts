import type { Clock } from '../../seams/index.ts'
import type { Stall } from '../engine.ts'

/** Of the newest so many blocks it is remembered how far their time was behind the clock. */
const BLOCKS_WATCHED = 64
const MARGIN_MS_MIN = 2_000
/** A standstill says no more about the blocks after it. */
const LAG_MS_MAX = 30_000
/** The heartbeat is a block a second; a failed round takes some seconds more. */
export const STILL_MS = 15_000
/** A block that is older by so much than the wait for it is not new: others had it before, or this node's clock is ahead. */
const OLD_MS = 10_000
/** Whoever catches up is nearer after it, by far more than a tenth of it; who cannot keep up, further away. */
const LOOK_MS = 10_000

/**
 * The ledger's clock as this node sees it: a block's time is the median of what the validators' clocks showed when they
 * signed the block before, so it is as far behind as the next block lets wait for itself, and stands still when none is made. Rule
 * CMT-14.
 */
export class Heartbeat {
  readonly #clock: Clock
  /** Of the blocks that came in time. */
  readonly #lagsMs: number[] = []
  /** When the last block was committed; monotonic. */
  #sinceMs: number
  #lagMs: number | undefined
  /** When a block that is not committed yet was handed over to be executed, by both clocks. */
  #decided: { readonly atMs: number; readonly nowMs: number } | undefined
  /** When the last committed one was; monotonic. */
  #decidedBeforeMs: number | undefined
  /** By how much the last block was older than the wait for it, where that makes it an old one. */
  #oldMs: number | undefined
  /** Where blocks have been old for a while: how old they were at the beginning of it. */
  #look: { readonly sinceMs: number; readonly oldMs: number } | undefined
  #clockIsAhead = false

  constructor(clock: Clock) {
    this.#clock = clock
    this.#sinceMs = clock.monotonicMs()
  }

  /** A block has been decided, and is to be executed. What that takes says nothing about when it was made. */
  decided(): void {
    this.#decided = { atMs: this.#clock.monotonicMs(), nowMs: this.#clock.nowMs() }
  }

  /** It has been committed. */
  beat(blockTimeMs: number): void {
    this.#sinceMs = this.#clock.monotonicMs()
    this.#lagMs = this.#clock.nowMs() - blockTimeMs
    const { atMs, nowMs } = this.#decided ?? { atMs: this.#sinceMs, nowMs: this.#clock.nowMs() }
    const waitedMs = this.#decidedBeforeMs === undefined ? 0 : atMs - this.#decidedBeforeMs
    this.#decidedBeforeMs = atMs
    this.#decided = undefined
    const olderMs = nowMs - blockTimeMs - waitedMs
    // Where all are slow, votes are too: of a round that takes long, a part is on their way.
    if (olderMs > Math.max(OLD_MS, waitedMs)) return this.#lookAtOld(olderMs)
    this.#oldMs = undefined
    this.#look = undefined
    this.#clockIsAhead = false
    this.#lagsMs.push(Math.min(this.#lagMs, LAG_MS_MAX))
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

  /** @param others the last block that another node is known to have, where this one lacks it */
  stalled(others?: number): Stall | undefined {
    const stillMs = this.#clock.monotonicMs() - this.#sinceMs
    if (stillMs > STILL_MS) {
      const still = `no block for ${Math.round(stillMs / 1_000)} s`
      if (others === undefined) return { reason: `${still}: fewer than two thirds of the validators may be there` }
      return {
        reason: `${still}, while another node has block ${others}: this one gets none of those it lacks; the others may not keep them any more`,
        turnsAway: 'catchingUp',
      }
    }
    if (this.#lagMs === undefined) return { reason: 'the node is starting', turnsAway: 'catchingUp' }
    if (this.#oldMs === undefined) return undefined
    if (!this.#clockIsAhead) return { reason: 'the node is catching up with the others', turnsAway: 'catchingUp' }
    const seconds = Math.round(this.#oldMs / 1_000)
    return {
      reason: `the clock of this node is ${seconds} s ahead of those of the validators`,
      turnsAway: 'clockLeapt',
    }
  }

  /** Blocks that stay as old as they are come as fast as they are made: then it is the clock. */
  #lookAtOld(oldMs: number): void {
    this.#oldMs = oldMs
    this.#look ??= { sinceMs: this.#sinceMs, oldMs }
    const lookedMs = this.#sinceMs - this.#look.sinceMs
    if (lookedMs < LOOK_MS) return
    this.#clockIsAhead = Math.abs(this.#look.oldMs - oldMs) * 10 < lookedMs
    this.#look = { sinceMs: this.#sinceMs, oldMs }
  }
}
