import { type Json, encodeCanonicalBytes } from '@dujiang/core/codec'
import { type Hash, toHex } from '@dujiang/core/crypto'
import type { SessionChange } from './change-fields.ts'
import type { Bulletin, Result } from './result-tables.ts'

/** What a person who checks, prepares or approves a result names, so that it is clear what was seen. */
export function resultDigest(sha256: Hash, result: Result): string {
  return toHex(sha256(encodeCanonicalBytes(result as unknown as Json)))
}

/** What a person who approves a bulletin names: it may have been prepared anew since it was read. */
export function bulletinDigest(sha256: Hash, { number, text }: Pick<Bulletin, 'number' | 'text'>): string {
  return toHex(sha256(encodeCanonicalBytes({ number, text })))
}

/** What a person who approves a change of a session names: it may have been prepared anew since it was read. */
export function changeDigest(
  sha256: Hash,
  { session, change, reason }: { readonly session: string; readonly change: SessionChange; readonly reason: string },
): string {
  return toHex(sha256(encodeCanonicalBytes({ change, reason, session } as unknown as Json)))
}
