import type { RouteObject } from 'react-router'

/** Signing in: sample identities and the keys of this browser. */
export const identityRoutes: readonly RouteObject[] = [{ path: 'identity', lazy: () => import('./identity-page.tsx') }]
