import type { RouteObject } from 'react-router'

/** The trader's pages, each loaded when it is opened. */
export const traderRoutes: readonly RouteObject[] = [
  { path: 'sessions', lazy: () => import('./sessions-page.tsx') },
  { path: 'sessions/:session', lazy: () => import('./session-page.tsx') },
  { path: 'sessions/:session/bid', lazy: () => import('./bid-page.tsx') },
  { path: 'orders', lazy: () => import('./orders-page.tsx') },
  { path: 'orders/:id', lazy: () => import('./receipt-page.tsx') },
  { path: 'results', lazy: () => import('./results-page.tsx') },
  { path: 'results/:session', lazy: () => import('./result-page.tsx') },
]
