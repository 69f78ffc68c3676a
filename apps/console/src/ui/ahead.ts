import { useEffect } from 'react'

/**
 * Loads what the next press leads to while nobody waits for anything, so that the press finds it there. Keep the function outside of
 * the page, since it is called again when it is another.
 */
export function useAhead(load: () => Promise<unknown>): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      // Whoever presses before it has come, or without it, loads it then.
      load().catch(() => {})
    }, AFTER_MS)
    return () => clearTimeout(timer)
  }, [load])
}

/** By then the page itself stands. */
const AFTER_MS = 300
