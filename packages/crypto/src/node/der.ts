// OpenSSL speaks only DER for SM2 signatures, the ledger only r‖s: SEQUENCE { INTEGER r, INTEGER s }, always below 128
// bytes, so every length is one byte.

/** The DER form of r‖s (64 bytes). */
export function derFromRs(signature: Uint8Array): Uint8Array {
  const r = derInteger(signature.subarray(0, 32))
  const s = derInteger(signature.subarray(32))
  return Uint8Array.of(0x30, r.length + s.length, ...r, ...s)
}

/** r‖s of a DER signature that OpenSSL itself has just written. */
export function rsFromDer(der: Uint8Array): Uint8Array {
  const rLength = der[3]!
  const signature = new Uint8Array(64)
  placeInteger(signature, 32, der.subarray(4, 4 + rLength))
  placeInteger(signature, 64, der.subarray(6 + rLength))
  return signature
}

// DER integers are signed and as short as can be: no leading zero bytes, save one in front of a first bit that is set.
function derInteger(bytes: Uint8Array): number[] {
  let start = 0
  while (start < bytes.length - 1 && bytes[start] === 0) start++
  const digits = [...bytes.subarray(start)]
  if (digits[0]! >= 0x80) digits.unshift(0)
  return [0x02, digits.length, ...digits]
}

function placeInteger(into: Uint8Array, end: number, digits: Uint8Array): void {
  const value = digits.length === 33 ? digits.subarray(1) : digits
  into.set(value, end - value.length)
}
