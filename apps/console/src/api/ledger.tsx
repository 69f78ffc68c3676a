import { Client, type Identity } from '@dujiang/client'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { type ReactNode, createContext, useContext, useMemo } from 'react'
import { useIdentity } from '../keys/identity.ts'

/** The ledger as the person at this browser sees it: signed in, the organisation's own orders are shown too. */
export interface Ledger {
  readonly client: Client
  readonly identity: Identity | undefined
  /** Who looks, for the keys of the cache: what one may see another may not. */
  readonly viewer: string
}

const LedgerContext = createContext<Ledger | undefined>(undefined)

export function LedgerProvider({ children }: { readonly children: ReactNode }) {
  const signedIn = useIdentity()
  const identity = signedIn?.identity
  const ledger = useMemo(
    (): Ledger => ({
      client: new Client({
        nodes: [window.location.origin],
        sha256: nobleCrypto.sha256,
        ...(identity === undefined ? {} : { viewer: identity }),
      }),
      identity,
      viewer: identity?.org ?? '',
    }),
    [identity],
  )
  return <LedgerContext value={ledger}>{children}</LedgerContext>
}

export function useLedger(): Ledger {
  const ledger = useContext(LedgerContext)
  if (ledger === undefined) throw new Error('useLedger outside of LedgerProvider: main.tsx puts every page inside')
  return ledger
}
