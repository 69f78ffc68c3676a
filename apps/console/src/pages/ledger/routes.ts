import type { RouteObject } from 'react-router'

/** The ledger itself: blocks, receipts, validators. */
export const ledgerRoutes: readonly RouteObject[] = [{ path: 'ledger', lazy: () => import('./ledger-page.tsx') }]
