import type { Json } from './json.ts'
import { Refused, type RefusedReason, Scanner } from './scanner.ts'

export type DecodeReason = RefusedReason | 'tooLarge' | 'badUtf8'

export type DecodeRefusal = {
  readonly ok: false
  readonly reason: DecodeReason
  /** Byte offset of the token or byte that broke the rule. */
  readonly at: number
  /** The limit exceeded, when the reason is one. */
  readonly limit?: number
}

export type Decoded = { readonly ok: true; readonly value: Json } | DecodeRefusal

/** What a reader is willing to hold; nesting is not here because it belongs to the format (CODEC-5). */
export type DecodeLimits = {
  readonly bytesMax: number
  readonly itemsMax: number
  readonly keysMax: number
}

/** The limits of an act (CODEC-6). */
export const actLimits: DecodeLimits = { bytesMax: 65_536, itemsMax: 4_096, keysMax: 256 }

/**
 * Read canonical JSON; whatever is not byte for byte what `encodeCanonical` would write is refused, with the reason and
 * the byte where it was noticed. A limit left out is an act's.
 * Rules CODEC-1 to CODEC-7; never throws.
 * @example decodeCanonical(utf8('{"a":1}')) // { ok: true, value: { a: 1 } }
 * @example decodeCanonical(utf8('{"a": 1}')) // { ok: false, reason: 'notCanonical', at: 5 }
 */
export function decodeCanonical(bytes: Uint8Array, limits: Partial<DecodeLimits> = actLimits): Decoded {
  const { bytesMax, itemsMax, keysMax } = { ...actLimits, ...limits }
  if (bytes.length > bytesMax) {
    return { ok: false, reason: 'tooLarge', at: bytesMax, limit: bytesMax }
  }
  let text: string
  try {
    text = strictUtf8.decode(bytes)
  } catch {
    return { ok: false, reason: 'badUtf8', at: firstBadByte(bytes) }
  }
  try {
    return { ok: true, value: new Scanner(text, itemsMax, keysMax).document() }
  } catch (refused) {
    if (!(refused instanceof Refused)) throw refused
    const { reason, index, limit } = refused
    const at = encoder.encode(text.slice(0, index)).length
    return limit === undefined ? { ok: false, reason, at } : { ok: false, reason, at, limit }
  }
}

// A byte-order mark must stay visible, so that the scanner refuses it.
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const encoder = new TextEncoder()

/** Repair the bytes and see where the repair began. */
function firstBadByte(bytes: Uint8Array): number {
  const repaired = encoder.encode(lenientUtf8.decode(bytes))
  let at = 0
  while (at < bytes.length && bytes[at] === repaired[at]) at++
  return at
}
