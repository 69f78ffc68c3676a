import { type Identity, type PublicPart, identityOf } from '@dujiang/client'
import type { Scheme } from '@dujiang/core/crypto'
import { nobleCrypto, signerFromSecret } from '@dujiang/crypto/noble'
import { useSyncExternalStore } from 'react'
import { personalKey } from './personal-key.ts'

/** Who has signed in at this browser: the signer lives in memory only, and ends with the page or with signing out. */
export interface SignedIn {
  readonly identity: Identity
  readonly scheme: Scheme
  /** A sample identity of a demo, of which everybody has the key. */
  readonly sample: boolean
  /** Seals what this person has typed and not sent; undefined where nothing can be sealed. */
  readonly personal: Promise<CryptoKey | undefined>
}

let signedIn: SignedIn | undefined
const listeners = new Set<() => void>()

function become(next: SignedIn | undefined): void {
  signedIn = next
  for (const tell of listeners) tell()
}

/** Signs in with the secret of a key; throws when it is not the secret of that key. */
export function signIn(open: PublicPart, secret: Uint8Array, sample: boolean): void {
  const identity = identityOf(nobleCrypto.sha256, open.org, signerFromSecret(open.scheme, secret))
  if (identity.key !== open.key) throw new Error('the secret belongs to another key than the file says')
  become({ identity, scheme: open.scheme, sample, personal: personalKey(secret) })
}

export function signOut(): void {
  become(undefined)
}

export const signedInNow = (): SignedIn | undefined => signedIn

export function useIdentity(): SignedIn | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => signedIn,
  )
}
