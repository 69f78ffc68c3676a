import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import {
  bigFromBytesLe,
  checkEd25519Key,
  concatBytes,
  ed25519Curve,
  ed25519SignatureWellFormed,
  equalBytes,
} from '@dujiang/core/crypto'
import { keyPoints } from './key-points.ts'
import { verifyZip215 } from './zip215.ts'

const { Point } = ed25519
type Ed25519Point = typeof Point.BASE

const goodPointOf = keyPoints<Ed25519Point>((publicKey) =>
  checkEd25519Key(publicKey) === undefined ? Point.fromBytes(publicKey) : undefined,
)

const zip215PointOf = keyPoints<Ed25519Point>((publicKey) => {
  try {
    return Point.fromBytes(publicKey, true)
  } catch {
    return undefined
  }
})

/**
 * Rules KEY-2, SIG-2 and SIG-4 to SIG-6. noble's own strict mode asks the equation times the cofactor and takes a
 * small-order R, so only its arithmetic is used.
 */
export function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || !ed25519SignatureWellFormed(signature)) return false
  const key = goodPointOf(publicKey)
  return key !== undefined && equationHolds(key, publicKey, message, signature)
}

/**
 * Rule COMMIT-1. The equation without the cofactor implies the one with it: an honest vote takes this first branch and
 * profits from the table of its key.
 */
export function verifyCommit(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false
  const key = zip215PointOf(publicKey)
  if (key === undefined) return false
  if (ed25519SignatureWellFormed(signature) && equationHolds(key, publicKey, message, signature)) return true
  return verifyZip215(publicKey, message, signature)
}

// Rule SIG-4: R, byte for byte, is the encoding of [S]B − [k]A with k = SHA-512(R‖A‖M) mod L.
function equationHolds(key: Ed25519Point, publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const r = signature.subarray(0, 32)
  const s = bigFromBytesLe(signature.subarray(32))
  const k = bigFromBytesLe(sha512(concatBytes(r, publicKey, message))) % ed25519Curve.l
  const expected = Point.BASE.multiplyUnsafe(s).subtract(key.multiplyUnsafe(k))
  return equalBytes(expected.toBytes(), r)
}
