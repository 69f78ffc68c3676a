import { bigFromBytesLe } from './bytes.ts'
import type { KeyFault } from './keys.ts'

/** Edwards25519 (RFC 8032): −x² + y² = 1 + d·x²y² over the field of p elements; its prime-order group has L points. */
export const ed25519Curve = {
  p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  l: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
}

// The y of the eight points whose order divides 8. Orders 1, 2 and 4 have y = 1, −1 and 0; order 8 has y = ±yOfOrder8.
// For each y both signs of x are points of the eight (or, where x = 0, no point at all), so y alone decides.
const yOfOrder8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n
const smallOrderY: readonly bigint[] = [0n, 1n, ed25519Curve.p - 1n, yOfOrder8, ed25519Curve.p - yOfOrder8]

/**
 * Rule KEY-2: 32 bytes, y below p, not one of the eight small-order points (which verify messages nobody signed), on the
 * curve. Costs one modular power, about 0.1 ms: keep the verdict beside the key.
 */
export function checkEd25519Key(bytes: Uint8Array): KeyFault | undefined {
  if (bytes.length !== 32) return 'keyLengthWrong'
  const { p, d } = ed25519Curve
  const y = encodedY(bytes)
  if (y >= p) return 'keyCoordinateTooLarge'
  if (smallOrderY.includes(y)) return 'keyOfSmallOrder'
  // x² = u/v has a root exactly when u·v is a square; u and v are not 0 here, y = ±1 being gone and −1/d no square.
  const yy = (y * y) % p
  const u = yy - 1n + p
  const v = d * yy + 1n
  return power((u * v) % p, (p - 1n) / 2n, p) === 1n ? undefined : 'keyNotOnCurve'
}

/**
 * Rules SIG-2, SIG-5 and SIG-6, all that can be said of 64 bytes R‖S without the key: S < L, and R neither with y ≥ p nor
 * of small order.
 */
export function ed25519SignatureWellFormed(signature: Uint8Array): boolean {
  if (signature.length !== 64 || bigFromBytesLe(signature.subarray(32)) >= ed25519Curve.l) return false
  const y = encodedY(signature.subarray(0, 32))
  return y < ed25519Curve.p && !smallOrderY.includes(y)
}

// The top bit of an encoded point is the sign of x.
function encodedY(point: Uint8Array): bigint {
  return bigFromBytesLe(point) & ((1n << 255n) - 1n)
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}
