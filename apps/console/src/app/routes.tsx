import { Navigate, type RouteObject } from 'react-router'
import { clerkRoutes } from '../pages/clerk/routes.ts'
import { dispatchRoutes } from '../pages/dispatch/routes.ts'
import { identityRoutes } from '../pages/identity/routes.ts'
import { learnRoutes } from '../pages/learn/routes.ts'
import { ledgerRoutes } from '../pages/ledger/routes.ts'
import { settingsRoutes } from '../pages/settings/routes.ts'
import { recordedRoutes } from '../pages/recorded/routes.ts'
import { traderRoutes } from '../pages/trader/routes.ts'
import { NotFound } from './not-found.tsx'
import { PageFailed } from './page-failed.tsx'
import { Shell } from './shell.tsx'

/** Every address of the console. The address says all there is to see: it can be sent to somebody else. */
export const routes: RouteObject[] = [
  {
    element: <Shell />,
    errorElement: <PageFailed />,
    hydrateFallbackElement: <div />,
    children: [
      {
        errorElement: <PageFailed />,
        children: [
          { index: true, element: <Navigate to="/sessions" replace /> },
          ...traderRoutes,
          ...clerkRoutes,
          ...dispatchRoutes,
          ...recordedRoutes,
          ...ledgerRoutes,
          ...identityRoutes,
          ...learnRoutes,
          ...settingsRoutes,
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
]
