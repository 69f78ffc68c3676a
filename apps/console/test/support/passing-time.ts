import { type Timing, realTiming } from '@dujiang/client'
import type { BrowserContext } from 'playwright-core'

/** Told how far time is ahead of the machine's clock. */
type Follower = (aheadMs: number) => Promise<void>

/**
 * The time of a test: the machine's, and ahead of that once the test lets time pass. The demo and the browsers go along, so that a
 * gate stands minutes away for whoever is slow, and comes at once when there is nothing left to do before it.
 */
export class PassingTime implements Timing {
  readonly sleep = realTiming.sleep
  readonly #followers: Follower[] = []
  #aheadMs = 0

  nowMs(): number {
    return Date.now() + this.#aheadMs
  }

  /** Resolves when it is that late for everybody; at once where it is. */
  async passUntil(timeMs: number): Promise<void> {
    const leftMs = timeMs - this.nowMs()
    if (leftMs <= 0) return
    this.#aheadMs += leftMs
    for (const follow of this.#followers) await follow(this.#aheadMs)
  }

  follow(follower: Follower): void {
    this.#followers.push(follower)
  }

  /** A browser goes along with what it has open and what it will open, if it has opened nothing yet. */
  async takeAlong(context: BrowserContext): Promise<void> {
    const follow = async (aheadMs: number): Promise<void> => {
      // Scripts of a page run in any order, and time never goes back.
      const script = `globalThis.aheadMs = Math.max(globalThis.aheadMs ?? 0, ${aheadMs})`
      await context.addInitScript(script)
      await Promise.all(context.pages().map((page) => page.evaluate(script)))
    }
    await context.addInitScript(CLOCK)
    await follow(this.#aheadMs)
    this.follow(follow)
  }
}

const CLOCK = `{
  const machineMs = Date.now
  Date.now = () => machineMs() + (globalThis.aheadMs ?? 0)
}`
