import { ByteKeyedCache } from '../byte-keyed-cache.ts'

// A table of multiples costs as much as five to eight verifications without it and makes each later one three times as fast.
const usesBeforeTable = 4
const tableWindowBits = 5

/**
 * Decoded public keys by their bytes, undefined for those `decode` refuses; a key that comes back often gets a table of
 * multiples.
 */
export function keyPoints<Point extends { precompute(windowBits: number): Point }>(
  decode: (publicKey: Uint8Array) => Point | undefined,
): (publicKey: Uint8Array) => Point | undefined {
  const cache = new ByteKeyedCache(1_024, (publicKey) => ({ point: decode(publicKey), uses: 0 }))
  return (publicKey) => {
    const entry = cache.get(publicKey)
    entry.uses++
    if (entry.uses === usesBeforeTable) entry.point?.precompute(tableWindowBits)
    return entry.point
  }
}
