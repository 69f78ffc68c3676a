import type { RouteObject } from 'react-router'

/** The pages of the exchange's clerks. */
export const clerkRoutes: readonly RouteObject[] = [
  { path: 'desk', lazy: () => import('./desk-page.tsx') },
  { path: 'bulletins', lazy: () => import('./bulletins-page.tsx') },
]
