import { toHex } from './hex.ts'

/** The unsigned integer whose big-endian bytes these are. */
export function bigFromBytes(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${toHex(bytes)}`)
}

/** The unsigned integer whose little-endian bytes these are. */
export function bigFromBytesLe(bytes: Uint8Array): bigint {
  return bigFromBytes(Uint8Array.from(bytes).reverse())
}

/** 32 big-endian bytes of `value`, which must lie in 0 … 2²⁵⁶−1. */
export function bytes32FromBig(value: bigint): Uint8Array {
  if (value < 0n || value >> 256n !== 0n) throw new Error('a 32-byte integer must lie in 0 … 2^256-1')
  const bytes = new Uint8Array(32)
  let rest = value
  for (let i = 31; i >= 0; i--) {
    bytes[i] = Number(rest & 0xffn)
    rest >>= 8n
  }
  return bytes
}

/** The parts one after another, in new memory. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Same length and same bytes. Not constant time: for public values only. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false
  return true
}
