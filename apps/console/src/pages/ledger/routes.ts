import type { RouteObject } from 'react-router'

/** The ledger itself: what it has recorded, its blocks, who signs them, who is registered. */
export const ledgerRoutes: readonly RouteObject[] = [
  { path: 'ledger', lazy: () => import('./receipts-page.tsx') },
  { path: 'ledger/receipts/:id', lazy: () => import('./receipt-page.tsx') },
  { path: 'ledger/blocks', lazy: () => import('./blocks-page.tsx') },
  { path: 'ledger/blocks/:height', lazy: () => import('./block-page.tsx') },
  { path: 'ledger/validators', lazy: () => import('./validators-page.tsx') },
  { path: 'ledger/orgs', lazy: () => import('./orgs-page.tsx') },
  { path: 'ledger/orgs/:org', lazy: () => import('./org-page.tsx') },
]
