/**
 * What happens to a fraction that does not fit.
 * - `floor` towards −∞, `ceil` towards +∞, `towardZero` drops it
 * - `halfUp` to the nearest, a half towards +∞ (2.5 → 3, −2.5 → −2)
 * - `halfEven` to the nearest, a half to the even neighbour (2.5 → 2, 3.5 → 4)
 * - `exact` throws RangeError: whoever wrote it says a fraction is impossible here
 */
export type Rounding = 'floor' | 'ceil' | 'towardZero' | 'halfUp' | 'halfEven' | 'exact'

/**
 * numerator / denominator as a whole number, the fraction treated as `rounding` says. Rule ROUND-1.
 * Any sign on either side; throws RangeError when `denominator` is 0, or a fraction meets `exact`.
 * @example divideRounded(-5n, 2n, 'floor') // -3n
 */
export function divideRounded(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  if (denominator === 0n) throw new RangeError('divideRounded: the denominator is 0')
  const n = denominator < 0n ? -numerator : numerator
  const d = denominator < 0n ? -denominator : denominator

  const remainder = n % d // has the sign of n, since bigint division drops the fraction
  if (remainder === 0n) return n / d
  const floor = remainder < 0n ? n / d - 1n : n / d
  const twiceAboveFloor = 2n * (n - floor * d)

  switch (rounding) {
    case 'floor':
      return floor
    case 'ceil':
      return floor + 1n
    case 'towardZero':
      return n < 0n ? floor + 1n : floor
    case 'halfUp':
      return twiceAboveFloor >= d ? floor + 1n : floor
    case 'halfEven':
      if (twiceAboveFloor === d) return floor % 2n === 0n ? floor : floor + 1n
      return twiceAboveFloor > d ? floor + 1n : floor
    case 'exact':
      throw new RangeError(`divideRounded: ${numerator} / ${denominator} is not whole`)
  }
}
