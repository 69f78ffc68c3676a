import { hash } from 'node:crypto'
import type { Hash } from '@dujiang/core/crypto'

/** SHA-256 (FIPS 180-4). */
export const sha256: Hash = (bytes) => digest('sha256', bytes)

/** SM3 (GB/T 32905). */
export const sm3: Hash = (bytes) => digest('sm3', bytes)

// A binary (latin1) string has one character for each byte of the digest. Reading it off costs less than half of what making a
// Buffer costs, and hashing short inputs is most of what a ledger does.
function digest(algorithm: string, bytes: Uint8Array): Uint8Array {
  const text = hash(algorithm, bytes, 'binary')
  const result = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) result[i] = text.charCodeAt(i)
  return result
}
