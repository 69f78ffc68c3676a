import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type Normalisation, normaliseDecimal } from '../../src/units/index.ts'

const tenth: Normalisation = { scale: 6, grid: 100_000, rounding: 'halfUp' } // MWh on 0.1 MWh

describe('decimals in exchanged files', () => {
  it('[NORM-3] takes float dirt off and says that it did', () => {
    const dirt = { ok: true, value: 74_900_000, changed: true, movedPpmOfGrid: 1 }
    assert.deepEqual(normaliseDecimal('74.89999999999999', tenth), dirt)
    assert.deepEqual(normaliseDecimal('74.90000000000001', tenth), dirt)
    assert.deepEqual(normaliseDecimal(String(0.1 + 0.2), { scale: 1, rounding: 'halfEven' }), {
      ok: true,
      value: 3,
      changed: true,
      movedPpmOfGrid: 1,
    })
  })

  it('[NORM-3] tells a figure with more digits from dirt', () => {
    assert.deepEqual(normaliseDecimal('74.87', tenth), {
      ok: true,
      value: 74_900_000,
      changed: true,
      movedPpmOfGrid: 300_000,
    })
  })

  it('[NORM-3] leaves alone what is spelled otherwise but says the same', () => {
    for (const text of ['74.9', '74.90', '749e-1', '0.749E+2', '74.900000000000000000000']) {
      assert.deepEqual(normaliseDecimal(text, tenth), {
        ok: true,
        value: 74_900_000,
        changed: false,
        movedPpmOfGrid: 0,
      })
    }
    const zero = { ok: true, value: 0, changed: false, movedPpmOfGrid: 0 }
    for (const text of ['0', '-0', '-0.0', '0e5', '-0e-400']) assert.deepEqual(normaliseDecimal(text, tenth), zero)
  })

  it('[NORM-2] understands exponents, however small', () => {
    assert.deepEqual(normaliseDecimal('1e-7', { scale: 7, rounding: 'exact' }), {
      ok: true,
      value: 1,
      changed: false,
      movedPpmOfGrid: 0,
    })
    assert.deepEqual(normaliseDecimal('5e-324', { scale: 6, rounding: 'ceil' }), {
      ok: true,
      value: 1,
      changed: true,
      movedPpmOfGrid: 1_000_000,
    })
    assert.deepEqual(normaliseDecimal('-5e-324', { scale: 6, rounding: 'halfUp' }), {
      ok: true,
      value: 0,
      changed: true,
      movedPpmOfGrid: 1,
    })
  })

  it('[NORM-1] refuses to move under exact', () => {
    const exact: Normalisation = { scale: 6, grid: 100_000, rounding: 'exact' }
    assert.deepEqual(normaliseDecimal('74.95', exact), { ok: false, at: 0, reason: 'notOnGrid', facts: {} })
    assert.equal(normaliseDecimal('-74.9', exact).ok, true)
  })

  const point = { character: '.', kind: 'point' }
  const refusals: [text: string, at: number, reason: string, facts?: Record<string, string | number>][] = [
    ['', 0, 'empty'],
    ['-', 1, 'missingDigit'],
    ['.5', 0, 'missingDigit'],
    ['5.', 2, 'missingDigit'],
    ['5.e1', 2, 'badCharacter', { character: 'e', kind: 'exponent' }],
    ['1e', 2, 'missingDigit'],
    ['1e+', 3, 'missingDigit'],
    ['1e5.5', 3, 'badCharacter', point],
    ['1.2.3', 3, 'badCharacter', point],
    ['1e5e5', 3, 'badCharacter', { character: 'e', kind: 'exponent' }],
    ['01', 0, 'leadingZero'],
    ['+1', 0, 'badCharacter', { character: '+', kind: 'plusSign' }],
    ['1,200', 1, 'badCharacter', { character: ',', kind: 'thousandsSeparator' }],
    ['NaN', 0, 'badCharacter', { character: 'N', kind: 'other' }],
    ['1e401', 2, 'outOfRange', { exponentMax: 400 }],
    ['1e-99999999999', 2, 'outOfRange', { exponentMax: 400 }],
    ['1e99', 0, 'outOfRange', { magnitudeMax: Number.MAX_SAFE_INTEGER }],
    [`0.${'1'.repeat(2000)}`, 1200, 'tooLong', { lengthMax: 1200 }],
  ]
  for (const [text, at, reason, facts = {}] of refusals) {
    const shown = text.length > 20 ? `${text.length} characters` : JSON.stringify(text)
    it(`[NORM-2] refuses ${shown} at ${at} as ${reason}`, () => {
      assert.deepEqual(normaliseDecimal(text, tenth), { ok: false, at, reason, facts })
    })
  }

  it('[NORM-2] reads every JSON number, brings it to the nearest step and reports the distance', () => {
    const numbers = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((thousandths) => thousandths / 1000),
    )
    fc.assert(
      fc.property(numbers, fc.constantFrom(1, 5, 100), (number, grid) => {
        const text = JSON.stringify(number)
        const result = normaliseDecimal(text, { scale: 3, grid, rounding: 'halfUp' })
        assert.ok(result.ok)
        assert.equal(Math.abs(result.value % grid), 0)
        // The double's own arithmetic is good to about 10^-7 of a thousandth here, which is all this side claims.
        assert.ok(Math.abs(result.value - number * 1000) <= grid / 2 + 1e-6)
        assert.equal(result.changed, result.movedPpmOfGrid > 0)
        assert.ok(result.movedPpmOfGrid <= 500_000)
      }),
    )
  })

  it('[NORM-3] gives back any value spoiled by float arithmetic', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(10 ** 8), max: 10 ** 8 }), fc.integer({ min: 1, max: 9 }), (tenths, times) => {
        const spoiled = (tenths / 10 / times) * times
        const result = normaliseDecimal(JSON.stringify(spoiled), { scale: 1, rounding: 'halfUp' })
        assert.ok(result.ok && result.value === tenths && result.movedPpmOfGrid <= 1)
      }),
    )
  })

  it('throws on a declaration that is none', () => {
    assert.throws(() => normaliseDecimal('1', { scale: 6, grid: 0, rounding: 'floor' }), RangeError)
    assert.throws(() => normaliseDecimal('1', { scale: 6, grid: 0.1, rounding: 'floor' }), RangeError)
    assert.throws(() => normaliseDecimal('1', { scale: -1, rounding: 'floor' }), RangeError)
  })
})
