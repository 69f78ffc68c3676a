import { concatBytes } from './bytes.ts'
import { checkEd25519Key } from './ed25519.ts'
import { toHex } from './hex.ts'
import type { Hash, Scheme } from './provider.ts'
import { checkSm2Key } from './sm2.ts'

/** Why bytes are not a public key this ledger registers or verifies with. */
export type KeyFault = 'keyLengthWrong' | 'keyFormWrong' | 'keyCoordinateTooLarge' | 'keyNotOnCurve' | 'keyOfSmallOrder'

/**
 * The first fault of a public key, or undefined when it is good. Rules KEY-1 (SM2) and KEY-2 (Ed25519). Registration
 * refuses what this refuses, and so does every `verify`: a bad key that slipped in would still sign nothing.
 * @example checkPublicKey('ed25519', new Uint8Array(32)) // 'keyOfSmallOrder'
 */
export function checkPublicKey(scheme: Scheme, bytes: Uint8Array): KeyFault | undefined {
  return scheme === 'sm2' ? checkSm2Key(bytes) : checkEd25519Key(bytes)
}

/**
 * The name of a public key: 32 hex digits, the first 16 bytes of SHA-256 over `dujiang/key/1:`, the scheme, `:` and the
 * key's bytes. Rule KEY-3. The scheme is hashed in, so one name can never stand for two ways of verifying.
 * @example keyId(provider.sha256, 'ed25519', new Uint8Array(32)) // '1c0c37e2a743aeebf6b05f8a7948c8ad'
 */
export function keyId(sha256: Hash, scheme: Scheme, publicKey: Uint8Array): string {
  const tag = new TextEncoder().encode(`dujiang/key/1:${scheme}:`)
  return toHex(sha256(concatBytes(tag, publicKey)).subarray(0, 16))
}
