import { hash } from 'node:crypto'
import type { Hash } from '@dujiang/core/crypto'

/** SHA-256 (FIPS 180-4). */
export const sha256: Hash = (bytes) => plain(hash('sha256', bytes, 'buffer'))

/** SM3 (GB/T 32905). */
export const sm3: Hash = (bytes) => plain(hash('sm3', bytes, 'buffer'))

// A Buffer is a Uint8Array with another prototype, which deep equality and structured clones tell apart.
function plain(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
