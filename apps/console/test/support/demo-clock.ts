/** Runs before a demo, and lets the test that has started it set its clock ahead. */
import { isMainThread } from 'node:worker_threads'

/** A question that is on its way while time passes is no older for that. */
const QUERY_AGE_MS = 24 * 3_600_000

// Its other threads run this too, and look at no clock.
if (isMainThread) await obey()

async function obey(): Promise<void> {
  const { defaultLimits } = await import('@dujiang/node/api')
  const { realClock } = await import('@dujiang/node/seams')
  const machine = { ...realClock }
  const waiting = new Set<() => void>()
  let aheadMs = 0
  Object.assign(defaultLimits, { queryAgeMs: QUERY_AGE_MS })
  Object.assign(realClock, {
    nowMs: () => machine.nowMs() + aheadMs,
    monotonicMs: () => machine.monotonicMs() + aheadMs,
    wakeAt(atMs: number, fn: () => void): () => void {
      let cancel = (): void => undefined
      const arm = (): void => {
        cancel()
        cancel = machine.wakeAt(atMs - aheadMs, () => {
          waiting.delete(arm)
          fn()
        })
      }
      waiting.add(arm)
      arm()
      return () => {
        waiting.delete(arm)
        cancel()
      }
    },
  })
  process.on('message', (wished: { readonly aheadMs: number }) => {
    ;({ aheadMs } = wished)
    for (const arm of waiting) arm()
    process.send?.('set')
  })
  // Nobody is left who would stop it.
  process.once('disconnect', () => process.exit())
}
