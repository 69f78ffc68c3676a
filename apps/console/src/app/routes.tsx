import { type RouteObject, replace } from 'react-router'
import { Unread } from '../market/unread.tsx'
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
    children: [
      {
        errorElement: <PageFailed />,
        // Inside of the frame, while the page's own part of the console is on its way.
        hydrateFallbackElement: <Unread />,
        children: [
          { index: true, loader: () => replace('/sessions') },
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
