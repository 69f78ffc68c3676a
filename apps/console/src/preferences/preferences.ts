import { useSyncExternalStore } from 'react'
import { type Preferences, onPreferences, preferences } from './store.ts'

// The page that verifies keeps the same choices without React.
export * from './store.ts'

export function usePreferences(): Preferences {
  return useSyncExternalStore(onPreferences, preferences)
}
