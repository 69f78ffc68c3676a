const KEPT = 'dujiang/sequence'

/**
 * The sequence of the next act: above the clock in microseconds, and above the last one that any tab of this browser gave out, so
 * that two tabs in one millisecond, or a clock that was set back, give no number twice.
 */
export function nextSequence(): number {
  const next = Math.max(Date.now() * 1_000, lastSequence() + 1)
  passSequence(next)
  return next
}

/** The next one is above this: the ledger has accepted it from somebody whose clock is ahead. */
export function passSequence(last: number): void {
  if (last <= lastSequence()) return
  try {
    localStorage.setItem(KEPT, String(last))
  } catch {
    // A browser that keeps nothing goes by its clock.
  }
}

function lastSequence(): number {
  const last = Number(localStorage.getItem(KEPT) ?? 0)
  return Number.isSafeInteger(last) ? last : 0
}
