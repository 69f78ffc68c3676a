import { useSyncExternalStore } from 'react'

const narrow = window.matchMedia('(width < 760px)')

/** Is the window as narrow as a phone? Then tables show their first columns only; styles have the same width. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => narrow.matches)
}

function subscribe(listener: () => void): () => void {
  narrow.addEventListener('change', listener)
  return () => narrow.removeEventListener('change', listener)
}
