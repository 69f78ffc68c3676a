const HALF = 2 ** 26
const WHOLE = 2 ** 52
const GUESS_MAX = 2 ** 51

/**
 * floor(a·b / d), exactly, for safe integers with 0 <= a <= d, 0 <= b <= d, d > 0.
 *
 * Up to d = 2^51 the quotient of floats is a guess at most one away, and the exact remainder corrects it, so what the floats
 * rounded cannot show in the result. Beyond that, more than a market holds, bigint does it.
 * @example quotientOf(6000, 11000, 15000) // 4400
 */
export function quotientOf(a: number, b: number, d: number): number {
  if (d > GUESS_MAX) return Number((BigInt(a) * BigInt(b)) / BigInt(d))
  const guess = Math.floor((a * b) / d)
  const remainder = remainderOf(a, b, guess, d)
  if (remainder < 0) return guess - 1
  return remainder >= d ? guess + 1 : guess
}

/**
 * a·b − c·d, exactly, for safe integers from 0 whose products differ by less than 2^53. Beyond 2^53 each factor is cut into
 * two halves of 26 bits: the products of halves, and the sums taken of them, stay exact.
 * @example remainderOf(7, 5, 4, 8) // 3
 */
export function remainderOf(a: number, b: number, c: number, d: number): number {
  const ab = a * b
  const cd = c * d
  if (ab <= Number.MAX_SAFE_INTEGER && cd <= Number.MAX_SAFE_INTEGER) return ab - cd
  if (a >= WHOLE || b >= WHOLE || c >= WHOLE || d >= WHOLE) return Number(BigInt(a) * BigInt(b) - BigInt(c) * BigInt(d))

  const aHigh = Math.floor(a / HALF)
  const bHigh = Math.floor(b / HALF)
  const cHigh = Math.floor(c / HALF)
  const dHigh = Math.floor(d / HALF)
  const aLow = a - aHigh * HALF
  const bLow = b - bHigh * HALF
  const cLow = c - cHigh * HALF
  const dLow = d - dHigh * HALF
  const abMiddle = aHigh * bLow + aLow * bHigh
  const cdMiddle = cHigh * dLow + cLow * dHigh
  const abCarry = Math.floor(abMiddle / HALF)
  const cdCarry = Math.floor(cdMiddle / HALF)
  const high = aHigh * bHigh + abCarry - (cHigh * dHigh + cdCarry)
  const low = (abMiddle - abCarry * HALF) * HALF + aLow * bLow - ((cdMiddle - cdCarry * HALF) * HALF + cLow * dLow)
  // The products are near each other, so `high` is a few units at most and this sum is exact too.
  return high * WHOLE + low
}
