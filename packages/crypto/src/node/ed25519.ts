import { type KeyObject, createPublicKey, verify } from 'node:crypto'
import { checkEd25519Key, concatBytes, ed25519SignatureWellFormed, fromHex } from '@dujiang/core/crypto'
import { verifyZip215 } from '../noble/zip215.ts'
import { ByteKeyedCache } from '../byte-keyed-cache.ts'

const spkiPrefix = fromHex('302a300506032b6570032100')

const goodKeys = new ByteKeyedCache<KeyObject | undefined>(16_384, (publicKey) =>
  checkEd25519Key(publicKey) === undefined ? importKey(publicKey) : undefined,
)
const commitKeys = new ByteKeyedCache<KeyObject>(1_024, importKey)

/**
 * Rules KEY-2, SIG-2 and SIG-4 to SIG-6. OpenSSL compares R byte for byte, as SIG-4 asks. What it makes of small-order
 * points and of y ≥ p has changed between releases of Node, so neither reaches it.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || !ed25519SignatureWellFormed(signature)) return false
  const key = goodKeys.get(publicKey)
  return key !== undefined && verify(null, message, key, signature)
}

/**
 * Rule COMMIT-1. Whatever OpenSSL accepts ZIP-215 accepts too, for it asks the same equation without the cofactor; an
 * honest vote thus costs a tenth of what the complete check would.
 */
export function verifyCommit(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  return verify(null, message, commitKeys.get(publicKey), signature) || verifyZip215(publicKey, message, signature)
}

function importKey(publicKey: Uint8Array): KeyObject {
  const spki = Buffer.from(concatBytes(spkiPrefix, publicKey))
  return createPublicKey({ key: spki, format: 'der', type: 'spki' })
}
