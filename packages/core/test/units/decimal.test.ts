import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  formatDecimal,
  parseDecimal,
  parseEnergy,
  parseMoney,
  parsePower,
  parsePrice,
  parseRatio,
} from '../../src/units/index.ts'

const accept = (value: number) => ({ ok: true, value })
const MAX_TEXT = '9007199254.740991' // 2^53−1 at scale 6

describe('decimals people type', () => {
  it('[DEC-1] understands plain decimals', () => {
    const cases: [text: string, scale: number, value: number][] = [
      ['0', 0, 0],
      ['0', 6, 0],
      ['0.000', 6, 0],
      ['12.5', 6, 12_500_000],
      ['12.500000', 6, 12_500_000],
      ['0.000001', 6, 1],
      [MAX_TEXT, 6, Number.MAX_SAFE_INTEGER],
      ['9.007199254740991', 15, Number.MAX_SAFE_INTEGER],
    ]
    for (const [text, scale, value] of cases) assert.deepEqual(parseDecimal(text, scale), accept(value), text)
  })

  it('[DEC-1] understands a minus where it is allowed', () => {
    assert.deepEqual(parseDecimal('-12.5', 6, { negative: true }), accept(-12_500_000))
    assert.deepEqual(parseDecimal(`-${MAX_TEXT}`, 6, { negative: true }), accept(-Number.MAX_SAFE_INTEGER))
  })

  const refusals: [text: string, at: number, reason: string, facts?: Record<string, string | number>][] = [
    ['', 0, 'empty'],
    [' 1', 0, 'badCharacter', { character: ' ', kind: 'space' }],
    ['1 ', 1, 'badCharacter', { character: ' ', kind: 'space' }],
    ['1\u3000', 1, 'badCharacter', { character: '\u3000', kind: 'space' }],
    ['1\n', 1, 'badCharacter', { character: '\n', kind: 'space' }],
    ['1,200', 1, 'badCharacter', { character: ',', kind: 'thousandsSeparator' }],
    ['1，200', 1, 'badCharacter', { character: '，', kind: 'thousandsSeparator' }],
    ['1_200', 1, 'badCharacter', { character: '_', kind: 'thousandsSeparator' }],
    ['１２', 0, 'badCharacter', { character: '１', kind: 'fullWidth' }],
    ['1．5', 1, 'badCharacter', { character: '．', kind: 'fullWidth' }],
    ['1。5', 1, 'badCharacter', { character: '。', kind: 'fullWidth' }],
    ['1.５', 2, 'badCharacter', { character: '５', kind: 'fullWidth' }],
    ['1e3', 1, 'badCharacter', { character: 'e', kind: 'exponent' }],
    ['1.5E3', 3, 'badCharacter', { character: 'E', kind: 'exponent' }],
    ['+1', 0, 'badCharacter', { character: '+', kind: 'plusSign' }],
    ['−1', 0, 'badCharacter', { character: '−', kind: 'minusSign' }],
    ['--1', 1, 'badCharacter', { character: '-', kind: 'minusSign' }],
    ['1-', 1, 'badCharacter', { character: '-', kind: 'minusSign' }],
    ['1.2.3', 3, 'badCharacter', { character: '.', kind: 'point' }],
    ['1..2', 2, 'badCharacter', { character: '.', kind: 'point' }],
    ['12万', 2, 'badCharacter', { character: '万', kind: 'other' }],
    ['1💡', 1, 'badCharacter', { character: '💡', kind: 'other' }],
    ['NaN', 0, 'badCharacter', { character: 'N', kind: 'other' }],
    ['0x1', 1, 'badCharacter', { character: 'x', kind: 'other' }],
    ['١', 0, 'badCharacter', { character: '١', kind: 'other' }],
    ['.5', 0, 'missingDigit'],
    ['5.', 2, 'missingDigit'],
    ['-', 1, 'missingDigit'],
    ['-.5', 1, 'missingDigit'],
    ['.', 0, 'missingDigit'],
    ['007', 0, 'leadingZero'],
    ['00', 0, 'leadingZero'],
    ['-01', 1, 'leadingZero'],
    ['-0', 0, 'negativeZero'],
    ['-0.00', 0, 'negativeZero'],
    ['1.1234567', 8, 'tooManyDigits', { digitsMax: 6, digits: 7 }],
    ['1.0000000', 8, 'tooManyDigits', { digitsMax: 6, digits: 7 }],
    ['9007199254.740992', 0, 'outOfRange', { magnitudeMax: Number.MAX_SAFE_INTEGER }],
    ['-9007199254.740992', 1, 'outOfRange', { magnitudeMax: Number.MAX_SAFE_INTEGER }],
    ['9'.repeat(100_000), 0, 'outOfRange', { magnitudeMax: Number.MAX_SAFE_INTEGER }],
  ]
  for (const [text, at, reason, facts = {}] of refusals) {
    const shown = text.length > 20 ? `${text.length} digits` : JSON.stringify(text)
    it(`[DEC-4] refuses ${shown} at ${at} as ${reason}`, () => {
      assert.deepEqual(parseDecimal(text, 6, { negative: true }), { ok: false, at, reason, facts })
    })
  }

  it('[DEC-1] refuses a minus unless it is allowed', () => {
    assert.deepEqual(parseDecimal('-1', 6), { ok: false, at: 0, reason: 'negativeNotAllowed', facts: {} })
  })

  it('[DEC-2] points at the point where no digit may follow it', () => {
    const facts = { digitsMax: 0, digits: 1 }
    assert.deepEqual(parseDecimal('15.0', 0), { ok: false, at: 2, reason: 'tooManyDigits', facts })
  })

  it('throws on a scale that is none', () => {
    for (const scale of [-1, 16, 0.5, Number.NaN]) assert.throws(() => parseDecimal('1', scale), RangeError)
  })

  it('[DEC-1] [DEC-3] accepts exactly what an independent reading of the rule accepts, with its exact value', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'0123456789.-'), maxLength: 9 }),
      fc.string({ unit: fc.constantFrom(...'0019.-+e, ０'), maxLength: 20 }),
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 8 }), (text, scale) => {
        const parsed = parseDecimal(text, scale, { negative: true })
        const [whole = '', fraction = ''] = text.split('.')
        const plain = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/.test(text) && fraction.length <= scale
        const value = plain ? BigInt(whole + fraction.padEnd(scale, '0')) : 0n
        const isZeroWithMinus = text.startsWith('-') && value === 0n
        const fits = value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= -BigInt(Number.MAX_SAFE_INTEGER)
        assert.equal(parsed.ok, plain && fits && !isZeroWithMinus)
        if (parsed.ok) assert.equal(BigInt(parsed.value), value)
        else assert.ok(parsed.at >= 0 && parsed.at <= text.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('[FMT-1] reads back what formatDecimal wrote', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 0, max: 15 }), (value, scale) => {
        assert.deepEqual(parseDecimal(formatDecimal(value, scale), scale, { negative: true }), accept(value))
      }),
    )
  })

  it('knows how far apart the units are', () => {
    assert.deepEqual(parseEnergy('12.5', '万千瓦时'), accept(125_000_000))
    assert.deepEqual(parseEnergy('125', 'MWh'), parseEnergy('12.5', '万千瓦时'))
    assert.deepEqual(parseEnergy('125000', 'kWh'), parseEnergy('12.5', '万千瓦时'))
    assert.deepEqual(parseEnergy('125000000', 'Wh'), parseEnergy('12.5', '万千瓦时'))
    assert.deepEqual(parsePower('3', '万千瓦'), parsePower('30', 'MW'))
    assert.deepEqual(parsePower('30000', 'kW'), parsePower('30000000', 'W'))
    assert.deepEqual(parseMoney('1.5', '万元'), parseMoney('15000', '元'))
    assert.deepEqual(parseMoney('1500000', 'fen'), parseMoney('15000.00', '元'))
    assert.deepEqual(parsePrice('0.888436', '元/kWh'), parsePrice('888.436', '元/MWh'))
    assert.deepEqual(parsePrice('88843600', 'milliFen/MWh'), parsePrice('888.436', '元/MWh'))
    assert.deepEqual(parseRatio('5.64', '%'), accept(56_400))
    assert.deepEqual(parseRatio('0.0564', '1'), parseRatio('56400', 'ppm'))
    assert.deepEqual(parsePrice('-50', '元/MWh', { negative: true }), accept(-5_000_000))
  })
})
