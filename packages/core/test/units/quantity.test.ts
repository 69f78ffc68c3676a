import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  add,
  compare,
  fen,
  greatest,
  least,
  lessThan,
  milliFenPerMwh,
  negate,
  ppm,
  subtract,
  sum,
  watt,
  wh,
} from '../../src/units/index.ts'

const MAX = Number.MAX_SAFE_INTEGER
const anyFen = fc.maxSafeInteger().map(fen)

/** What the exact bigint result says a checked operation must do. */
function expectChecked(operation: () => number, exact: bigint, name: string): void {
  if (exact > BigInt(MAX) || exact < -BigInt(MAX)) {
    assert.throws(operation, (error) => error instanceof RangeError && error.message.startsWith(`${name}: `))
  } else {
    assert.equal(BigInt(operation()), exact)
  }
}

describe('quantities', () => {
  it('[QTY-1] refuses whatever is not a whole number within ±(2^53−1), and says which unit', () => {
    for (const make of [wh, watt, fen, milliFenPerMwh, ppm]) {
      for (const bad of [0.5, Number.NaN, Number.POSITIVE_INFINITY, MAX + 1, -MAX - 1, 2n ** 53n, -(2n ** 64n)]) {
        assert.throws(() => make(bad), { name: 'RangeError', message: new RegExp(`^${make.name}: `) })
      }
      assert.equal(make(MAX), MAX)
      assert.equal(make(BigInt(-MAX)), -MAX)
    }
  })

  it('[QTY-1] never holds −0', () => {
    assert.ok(Object.is(fen(-0), 0))
    assert.ok(Object.is(negate(fen(0)), 0))
    assert.ok(Object.is(add(fen(-1), fen(1)), 0))
  })

  it('[QTY-2] adds and subtracts exactly or throws naming the operation', () => {
    fc.assert(
      fc.property(anyFen, anyFen, (a, b) => {
        expectChecked(() => add(a, b), BigInt(a) + BigInt(b), 'add')
        expectChecked(() => subtract(a, b), BigInt(a) - BigInt(b), 'subtract')
      }),
    )
    assert.throws(() => add(fen(MAX), fen(1)), { message: /^add: / })
    assert.throws(() => subtract(fen(-MAX), fen(1)), { message: /^subtract: / })
  })

  it('[QTY-2] sums to the exact total in whatever order, or throws naming the sum', () => {
    fc.assert(
      fc.property(fc.array(anyFen, { maxLength: 12 }), (values) => {
        const exact = values.reduce((total, value) => total + BigInt(value), 0n)
        expectChecked(() => sum(values), exact, 'sum')
        expectChecked(() => sum([...values].reverse()), exact, 'sum')
      }),
    )
    assert.equal(sum([]), 0)
    assert.equal(sum([fen(MAX), fen(MAX), fen(-MAX)]), MAX)
  })

  it('orders equal units as numbers are ordered', () => {
    fc.assert(
      fc.property(anyFen, anyFen, (a, b) => {
        assert.equal(compare(a, b), Math.sign(a - b))
        assert.equal(lessThan(a, b), a < b)
        assert.equal(least(a, b), Math.min(a, b))
        assert.equal(greatest(a, b), Math.max(a, b))
      }),
    )
  })

  it('[QTY-2] does not compile for two different units', () => {
    // The lines below are judged by the type check: each directive fails it when the line under it compiles.
    // @ts-expect-error fen and energy
    add(fen(1), wh(1))
    // @ts-expect-error power and energy
    subtract(watt(1), wh(1))
    // @ts-expect-error money and price
    compare(fen(1), milliFenPerMwh(1))
    // @ts-expect-error ratio and energy
    lessThan(ppm(1), wh(1))
    // @ts-expect-error a bare number has no unit
    add(fen(1), 1)
  })
})
