const SOON_MS = 500
const SELDOM_MS = 10_000

/**
 * Resolves once lists have caught up with the ledger, or when nobody waits any more. Lists that come no nearer, such as those whose
 * database is away, are asked about more and more seldom.
 * @param lag how many receipts they are behind
 */
export async function untilCaughtUp(lag: () => Promise<number>, signal: AbortSignal): Promise<void> {
  let behind = Number.POSITIVE_INFINITY
  let waitMs = SOON_MS
  while (!signal.aborted) {
    const now = await lag()
    if (now === 0) return
    waitMs = now < behind ? SOON_MS : Math.min(2 * waitMs, SELDOM_MS)
    behind = now
    await pause(waitMs, signal)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
    if (signal.aborted) end()
  })
}
