import { Suspense, lazy } from 'react'
import { useTour } from './tour-state.ts'

const Panel = lazy(async () => ({ default: (await import('./tour-panel.tsx')).TourPanel }))

/** The tour under way, if any; loaded with the first one. */
export function Tour() {
  const tour = useTour()
  return tour === undefined ? null : (
    <Suspense>
      <Panel tour={tour} />
    </Suspense>
  )
}
