import {
  bigFromBytes,
  bytes32FromBig,
  checkSm2Key,
  concatBytes,
  sm2SignatureWellFormed,
  sm2Z,
} from '@dujiang/core/crypto'
import { keyPoints } from './key-points.ts'
import { randomSecret } from './random.ts'
import { Sm2, type Sm2Point } from './sm2-curve.ts'
import { sm3 } from './sm3.ts'

const pointOf = keyPoints<Sm2Point>((publicKey) => {
  if (checkSm2Key(publicKey) !== undefined) return undefined
  return Sm2.fromAffine({ x: bigFromBytes(publicKey.subarray(1, 33)), y: bigFromBytes(publicKey.subarray(33)) })
})

/** Rules KEY-1 and SIG-1 to SIG-3. */
export function verifySm2(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== 65 || !sm2SignatureWellFormed(signature)) return false
  const key = pointOf(publicKey)
  if (key === undefined) return false
  const r = bigFromBytes(signature.subarray(0, 32))
  const s = bigFromBytes(signature.subarray(32))
  const sum = Sm2.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(Sm2.Fn.add(r, s)))
  return !sum.is0() && Sm2.Fn.create(digest(publicKey, message) + sum.x) === r
}

/** r‖s over `message` with the secret d. The scalar of each signature is fresh from the platform's generator. */
export function signSm2(d: bigint, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const { Fn } = Sm2
  const e = digest(publicKey, message)
  for (;;) {
    const k = bigFromBytes(randomSecret('sm2'))
    const r = Fn.create(e + Sm2.BASE.multiply(k).x)
    const s = Fn.mul(Fn.inv(Fn.add(1n, d)), Fn.sub(k, Fn.mul(r, d)))
    // GB/T 32918.2 §6.1, steps A5 and A6: with r + k = n the signature would give d away.
    if (r !== 0n && Fn.add(r, k) !== 0n && s !== 0n) return concatBytes(bytes32FromBig(r), bytes32FromBig(s))
  }
}

/** 04‖x‖y of the secret d. */
export function sm2PublicKey(d: bigint): Uint8Array {
  return Sm2.BASE.multiply(d).toBytes(false)
}

function digest(publicKey: Uint8Array, message: Uint8Array): bigint {
  return bigFromBytes(sm3(concatBytes(sm2Z(sm3, publicKey), message)))
}
