import { encodeCanonical, type Json } from '../../src/codec/index.ts'

/**
 * The rule stated the slow way: parse with the platform, encode again, compare. Undefined when refused. It shares the
 * encoder with the decoder's definition, and nothing else.
 */
export function decodeSlowly(bytes: Uint8Array): { readonly value: Json } | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const value = JSON.parse(text) as Json
    return encodeCanonical(value) === text ? { value } : undefined
  } catch {
    return undefined
  }
}
