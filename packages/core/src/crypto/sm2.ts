import { bigFromBytes, bytes32FromBig, concatBytes } from './bytes.ts'
import type { KeyFault } from './keys.ts'
import type { Hash } from './provider.ts'

/** The recommended 256-bit curve of GB/T 32918.5: y² = x³ + ax + b over the field of p elements, n points, cofactor 1. */
export const sm2Curve = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}

/** Rule KEY-1: exactly 04‖x‖y in 65 bytes, x and y below p, on the curve. The point at infinity has no such form. */
export function checkSm2Key(bytes: Uint8Array): KeyFault | undefined {
  if (bytes.length !== 65) return 'keyLengthWrong'
  if (bytes[0] !== 4) return 'keyFormWrong'
  const { p, a, b } = sm2Curve
  const x = bigFromBytes(bytes.subarray(1, 33))
  const y = bigFromBytes(bytes.subarray(33))
  if (x >= p || y >= p) return 'keyCoordinateTooLarge'
  if ((y * y - (x * x + a) * x - b) % p !== 0n) return 'keyNotOnCurve'
  return undefined
}

/** Rules SIG-2 and SIG-3: 64 bytes r‖s with 1 ≤ r, s < n and r + s not a multiple of n. */
export function sm2SignatureWellFormed(signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  const { n } = sm2Curve
  const r = bigFromBytes(signature.subarray(0, 32))
  const s = bigFromBytes(signature.subarray(32))
  return r >= 1n && r < n && s >= 1n && s < n && r + s !== n
}

// ENTL‖ID‖a‖b‖Gx‖Gy of GB/T 32918.2 §5.5: the ID is 16 characters, ENTL its length in bits.
const zPrefix = concatBytes(
  Uint8Array.of(0, 128),
  new TextEncoder().encode('1234567812345678'),
  ...[sm2Curve.a, sm2Curve.b, sm2Curve.gx, sm2Curve.gy].map(bytes32FromBig),
)

/**
 * Z of GB/T 32918.2: the 32-byte digest that binds the user ID, the curve and the public key to every message. Rule
 * SIG-1: the ID is always the standard's own `1234567812345678`.
 */
export function sm2Z(sm3: Hash, publicKey: Uint8Array): Uint8Array {
  return sm3(concatBytes(zPrefix, publicKey.subarray(1)))
}
