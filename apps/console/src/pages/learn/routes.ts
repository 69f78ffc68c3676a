import type { RouteObject } from 'react-router'

/** Guided tours and the glossary. */
export const learnRoutes: readonly RouteObject[] = [{ path: 'learn', lazy: () => import('./learn-page.tsx') }]
