import { type Scheme, bigFromBytes, sm2Curve } from '@dujiang/core/crypto'

/** Rule KEY-4: 32 bytes; any for Ed25519 (a seed), 1 ≤ d ≤ n−2 for SM2. */
export function isSecret(scheme: Scheme, secret: Uint8Array): boolean {
  if (secret.length !== 32) return false
  if (scheme === 'ed25519') return true
  const d = bigFromBytes(secret)
  return d >= 1n && d <= sm2Curve.n - 2n
}

/** Throws unless {@link isSecret}, without naming the bytes. */
export function assertSecret(scheme: Scheme, secret: Uint8Array): void {
  if (!isSecret(scheme, secret)) throw new Error(`the secret is not one of scheme ${scheme} (rule KEY-4)`)
}
