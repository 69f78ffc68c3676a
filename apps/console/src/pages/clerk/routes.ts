import type { RouteObject } from 'react-router'

/** The pages of the exchange's clerks; bulletins and recorded sessions are everybody's to read. */
export const clerkRoutes: readonly RouteObject[] = [
  { path: 'desk', lazy: () => import('./desk-page.tsx') },
  { path: 'desk/announce', lazy: () => import('./announce-page.tsx') },
  { path: 'desk/:session', lazy: () => import('./session-page.tsx') },
  { path: 'desk/:session/units', lazy: () => import('./units-page.tsx') },
  { path: 'desk/:session/change', lazy: () => import('./change-page.tsx') },
  { path: 'bulletins', lazy: () => import('./bulletins-page.tsx') },
  { path: 'bulletins/:session', lazy: () => import('./bulletin-page.tsx') },
]
