import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { divideRounded, type Rounding } from '../../src/units/index.ts'

const ROUNDINGS: readonly Rounding[] = ['floor', 'ceil', 'towardZero', 'halfUp', 'halfEven', 'exact']
const anyInteger = fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n })
const smallInteger = fc.bigInt({ min: -12n, max: 12n })
const fraction = fc
  .oneof(fc.tuple(anyInteger, anyInteger), fc.tuple(smallInteger, smallInteger))
  .filter(([, d]) => d !== 0n)

const absolute = (n: bigint): bigint => (n < 0n ? -n : n)

/** Is `q` the right quotient? Said by inequalities, without dividing: the definition the code is held to. */
function isRight(q: bigint, n: bigint, d: bigint, rounding: Rounding): boolean {
  const [num, den] = d < 0n ? [-n, -d] : [n, d]
  const excess = q * den - num // (q − n/d) × den
  switch (rounding) {
    case 'floor':
      return excess <= 0n && excess > -den
    case 'ceil':
      return excess >= 0n && excess < den
    case 'towardZero':
      return absolute(q) * den <= absolute(num) && absolute(excess) < den && (q === 0n || q < 0n === num < 0n)
    case 'halfUp':
      return 2n * excess <= den && 2n * excess > -den
    case 'halfEven':
      return absolute(2n * excess) < den || (absolute(2n * excess) === den && q % 2n === 0n)
    case 'exact':
      return excess === 0n
  }
}

type Divide = typeof divideRounded

function lawOf(divide: Divide, rounding: Rounding) {
  return fc.property(fraction, ([n, d]) => {
    if (rounding === 'exact' && n % d !== 0n) {
      assert.throws(() => divide(n, d, rounding), RangeError)
    } else {
      assert.ok(isRight(divide(n, d, rounding), n, d, rounding))
    }
  })
}

/** Whether it fails is all we ask here: shrinking would cost seconds, and a fixed seed makes the alarm certain. */
function passes(divide: Divide, rounding: Rounding): boolean {
  return !fc.check(lawOf(divide, rounding), { numRuns: 400, endOnFailure: true, seed: 42 }).failed
}

describe('rounding', () => {
  for (const rounding of ROUNDINGS) {
    it(`[ROUND-1] ${rounding} fits its definition on both sides of zero and past 2^53`, () => {
      fc.assert(lawOf(divideRounded, rounding))
    })
  }

  it('[ROUND-1] has a law sharp enough to catch any rounding in the place of another', () => {
    for (const promised of ROUNDINGS) {
      for (const planted of ROUNDINGS) {
        if (planted === promised) continue
        assert.ok(!passes((n, d) => divideRounded(n, d, planted), promised), `${planted} passed as ${promised}`)
      }
    }
  })

  it('[ROUND-1] treats halves and their neighbours as the table says', () => {
    const table: [numerator: bigint, Record<Exclude<Rounding, 'exact'>, bigint>][] = [
      [-7n, { floor: -4n, ceil: -3n, towardZero: -3n, halfUp: -3n, halfEven: -4n }],
      [-5n, { floor: -3n, ceil: -2n, towardZero: -2n, halfUp: -2n, halfEven: -2n }],
      [-1n, { floor: -1n, ceil: 0n, towardZero: 0n, halfUp: 0n, halfEven: 0n }],
      [1n, { floor: 0n, ceil: 1n, towardZero: 0n, halfUp: 1n, halfEven: 0n }],
      [5n, { floor: 2n, ceil: 3n, towardZero: 2n, halfUp: 3n, halfEven: 2n }],
      [7n, { floor: 3n, ceil: 4n, towardZero: 3n, halfUp: 4n, halfEven: 4n }],
    ]
    for (const [numerator, expected] of table) {
      for (const rounding of ROUNDINGS) {
        if (rounding === 'exact') continue
        assert.equal(divideRounded(numerator, 2n, rounding), expected[rounding], `${numerator}/2 ${rounding}`)
        assert.equal(divideRounded(-numerator, -2n, rounding), expected[rounding], `${-numerator}/-2 ${rounding}`)
      }
    }
  })

  it('[ROUND-1] throws on a divisor of 0', () => {
    for (const rounding of ROUNDINGS) assert.throws(() => divideRounded(1n, 0n, rounding), RangeError)
  })
})
