import type { RouteObject } from 'react-router'

/** The trader's pages, each loaded when it is opened. */
export const traderRoutes: readonly RouteObject[] = [
  { path: 'sessions', lazy: () => import('./sessions-page.tsx') },
  { path: 'orders', lazy: () => import('./orders-page.tsx') },
  { path: 'results', lazy: () => import('./results-page.tsx') },
]
