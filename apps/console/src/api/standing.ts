import { Client, type Identity, Refused } from '@dujiang/client'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { useEffect, useSyncExternalStore } from 'react'
import { signedInNow } from '../keys/identity.ts'
import { watchedFetch } from './reach.ts'
import { type Why, whyRefused } from './why.ts'

/** Why a node takes no signature of a key, or none of this machine's at this hour. */
const DENIALS: ReadonlySet<string> = new Set(['unknownKey', 'keyNotLive', 'badSignature', 'queryTimeOff'])
const AGAIN_MS = 4_000

interface Denied {
  readonly key: string
  readonly why: Why
}

let denied: Denied | undefined
const listeners = new Set<() => void>()

function become(next: Denied | undefined): void {
  if (next?.key === denied?.key && next?.why.name === denied?.why.name) return
  denied = next
  for (const tell of listeners) tell()
}

/** Notes that a node would not hear who has signed in: what is read from then on is read as anybody. */
export function noteDenial(error: unknown): void {
  if (!(error instanceof Refused) || !DENIALS.has(error.refusal.name)) return
  const key = signedInNow()?.identity.key
  const of = error.refusal.facts['key']
  // An answer to a question of somebody who has signed out meanwhile says nothing of this one.
  if (key === undefined || (of !== undefined && of !== key)) return
  become({ key, why: whyRefused(error) })
}

/** Why the node does not take the signature of whoever has signed in; asked again until it does. */
export function useDenial(identity: Identity | undefined): Why | undefined {
  const now = useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => denied,
  )
  const why = identity !== undefined && now?.key === identity.key ? now.why : undefined
  useEffect(() => {
    if (why === undefined || identity === undefined) return undefined
    const client = new Client({
      nodes: [window.location.origin],
      sha256: nobleCrypto.sha256,
      viewer: identity,
      fetch: watchedFetch,
    })
    const timer = setInterval(() => {
      client.row(`members/org/${identity.org}`).then(() => become(undefined), noteDenial)
    }, AGAIN_MS)
    return () => clearInterval(timer)
  }, [why, identity])
  return why
}
