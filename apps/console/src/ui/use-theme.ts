import { useSyncExternalStore } from 'react'

/** Which colours the page has now, as app/theme.ts tells it: changes only once they are there to be read. */
export function useTheme(): string | undefined {
  return useSyncExternalStore(follow, () => document.documentElement.dataset['theme'])
}

function follow(tell: () => void): () => void {
  const observer = new MutationObserver(tell)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
