import { Client, type Identity } from '@dujiang/client'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { type ReactNode, createContext, useContext, useMemo } from 'react'
import { useIdentity } from '../keys/identity.ts'
import { watchedFetch } from './reach.ts'
import { useDenial } from './standing.ts'
import type { Why } from './why.ts'

/** The ledger as the person at this browser sees it: signed in, the organisation's own orders are shown too. */
export interface Ledger {
  readonly client: Client
  /** Who has signed in with a key that the node takes. */
  readonly identity: Identity | undefined
  /** Why the key of whoever has signed in is not taken: what is shown is what everybody sees. */
  readonly denial: Why | undefined
  /** Who looks, for the keys of the cache: what one may see another may not. */
  readonly viewer: string
}

const LedgerContext = createContext<Ledger | undefined>(undefined)

export function LedgerProvider({ children }: { readonly children: ReactNode }) {
  const signedIn = useIdentity()?.identity
  const denial = useDenial(signedIn)
  const identity = denial === undefined ? signedIn : undefined
  const ledger = useMemo(
    (): Ledger => ({
      client: new Client({
        nodes: [window.location.origin],
        sha256: nobleCrypto.sha256,
        fetch: watchedFetch,
        ...(identity === undefined ? {} : { viewer: identity }),
      }),
      identity,
      denial,
      viewer: identity?.org ?? '',
    }),
    [identity, denial],
  )
  return <LedgerContext value={ledger}>{children}</LedgerContext>
}

export function useLedger(): Ledger {
  const ledger = useContext(LedgerContext)
  if (ledger === undefined) throw new Error('useLedger outside of LedgerProvider: main.tsx puts every page inside')
  return ledger
}
