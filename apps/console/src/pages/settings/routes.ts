import type { RouteObject } from 'react-router'

/** What this browser shows, and how. */
export const settingsRoutes: readonly RouteObject[] = [{ path: 'settings', lazy: () => import('./settings-page.tsx') }]
