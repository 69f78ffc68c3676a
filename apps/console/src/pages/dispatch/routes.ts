import type { RouteObject } from 'react-router'

/** The dispatcher's pages. */
export const dispatchRoutes: readonly RouteObject[] = [
  { path: 'checks', lazy: () => import('./checks-page.tsx') },
  { path: 'checks/:session', lazy: () => import('./check-page.tsx') },
]
