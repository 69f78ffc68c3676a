import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { untilCaughtUp } from '../../src/api/catch-up.ts'

const STEP_MS = 500

/** When lists that are so far behind, answer after answer, were asked about; the last answer stands. */
function asking(behind: readonly number[]) {
  const askedMs: number[] = []
  const lag = async (): Promise<number> => {
    askedMs.push(Date.now())
    return behind[Math.min(askedMs.length, behind.length) - 1] as number
  }
  return { askedMs, lag }
}

/** Time goes by, and whatever waits for it goes on. */
async function pass(ms: number): Promise<void> {
  for (let at = 0; at < ms; at += STEP_MS) {
    await new Promise((resolve) => setImmediate(resolve))
    mock.timers.tick(STEP_MS)
  }
  await new Promise((resolve) => setImmediate(resolve))
}

describe('lists that are behind the ledger', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 0 }))
  afterEach(() => mock.timers.reset())

  it('are asked about twice a second while they come nearer, until they have caught up', async () => {
    const { askedMs, lag } = asking([40, 20, 5, 0])
    const caughtUp = untilCaughtUp(lag, new AbortController().signal)
    await pass(10_000)
    await caughtUp
    assert.deepEqual(askedMs, [0, 500, 1_000, 1_500])
  })

  it('are asked about more and more seldom when they have stopped', async () => {
    const { askedMs, lag } = asking([40])
    const end = new AbortController()
    const ended = untilCaughtUp(lag, end.signal)
    await pass(60_000)
    assert.deepEqual(askedMs.slice(0, 7), [0, 500, 1_500, 3_500, 7_500, 15_500, 25_500])
    end.abort()
    await ended
  })

  it('are asked about no more once whoever looked has signed out', async () => {
    const { askedMs, lag } = asking([40])
    const end = new AbortController()
    const ended = untilCaughtUp(lag, end.signal)
    await pass(1_000)
    end.abort()
    await ended
    await pass(60_000)
    assert.equal(askedMs.length, 2)
  })
})
