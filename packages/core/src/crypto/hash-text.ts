import { concatBytes } from './bytes.ts'
import type { Hash } from './provider.ts'

const encoder = new TextEncoder()

// One buffer for all short texts: new memory for each costs more than hashing it. A `Hash` keeps no hold of its input.
const buffer = new Uint8Array(16_384)
const UTF8_BYTES_PER_UNIT_MAX = 3
const NOTHING = new Uint8Array(0)

/**
 * The hash of a text's UTF-8 bytes, after those of `head` if given. Half a surrogate pair has none: it is hashed as U+FFFD.
 * @example hashText(sha256, 'é') // sha256(Uint8Array [0xc3, 0xa9])
 */
export function hashText(hash: Hash, text: string, head: Uint8Array = NOTHING): Uint8Array {
  if (head.length + text.length * UTF8_BYTES_PER_UNIT_MAX > buffer.length) {
    return hash(concatBytes(head, encoder.encode(text)))
  }
  buffer.set(head)
  const { written } = encoder.encodeInto(text, head.length === 0 ? buffer : buffer.subarray(head.length))
  return hash(buffer.subarray(0, head.length + written))
}
