import fc from 'fast-check'
import type { MapChange } from '../../../src/crypto/map/index.ts'

const bytesHex = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'))

// Two bytes of variety at the start, middle and end: many keys meet again, and many share long prefixes.
const closeKey = fc
  .tuple(fc.constantFrom('00', '01', '80', 'ff'), fc.constantFrom('00', '10'), fc.constantFrom('00', '01', 'ff'))
  .map(([first, middle, last]) => first + '00'.repeat(14) + middle + '00'.repeat(15) + last)

/** A key hash, often one of a few that share long prefixes. */
export const key = fc.oneof(closeKey, closeKey, bytesHex)

/** A value hash, often one of two. */
export const value = fc.oneof(fc.constantFrom('aa'.repeat(32), 'bb'.repeat(32)), bytesHex)

export const unhex = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

/** A change from its hexadecimal form; `null` makes the key absent. */
export function toChange([keyHex, valueHex]: readonly [string, string | null]): MapChange {
  return { keyHash: unhex(keyHex), valueHash: valueHex === null ? undefined : unhex(valueHex) }
}
