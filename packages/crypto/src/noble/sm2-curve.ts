import { type WeierstrassPoint, weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { sm2Curve } from '@dujiang/core/crypto'

/** A point of the SM2 curve. */
export type Sm2Point = WeierstrassPoint<bigint>

/** The SM2 curve on noble's arithmetic. */
export const Sm2 = weierstrass({
  p: sm2Curve.p,
  a: sm2Curve.a,
  b: sm2Curve.b,
  n: sm2Curve.n,
  h: 1n,
  Gx: sm2Curve.gx,
  Gy: sm2Curve.gy,
})
