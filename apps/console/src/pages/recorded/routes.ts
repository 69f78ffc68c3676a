import type { RouteObject } from 'react-router'

/** Sessions held elsewhere and re-derived here; everybody's to read. */
export const recordedRoutes: readonly RouteObject[] = [
  { path: 'recorded', lazy: () => import('./recorded-list-page.tsx') },
  { path: 'recorded/:session', lazy: () => import('./recorded-page.tsx') },
]
