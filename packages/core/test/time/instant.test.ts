import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatInstant, formatInstantIso, parseInstant } from '../../src/time/index.ts'

const at = Date.UTC(2026, 11, 1, 2)

describe('instants', () => {
  it('[TIME-5] are written in Beijing time', () => {
    assert.equal(formatInstant(at), '2026-12-01 10:00:00.000')
    assert.equal(formatInstantIso(at + 7), '2026-12-01T10:00:00.007+08:00')
    assert.equal(formatInstant(0), '1970-01-01 08:00:00.000')
    assert.equal(formatInstant(-1), '1970-01-01 07:59:59.999')
    assert.throws(() => formatInstant(1.5), RangeError)
  })

  it('[TIME-5] read back what was written, as the platform does', () => {
    const anyMs = fc.integer({ min: Date.UTC(1, 0, 2), max: Date.UTC(9999, 11, 30) })
    fc.assert(
      fc.property(anyMs, (ms) => {
        assert.deepEqual(parseInstant(formatInstantIso(ms)), { ok: true, value: ms })
        assert.equal(Date.parse(formatInstantIso(ms)), ms)
        assert.deepEqual(parseInstant(new Date(ms).toISOString()), { ok: true, value: ms })
      }),
    )
  })

  it('[TIME-5] understand any offset and up to three digits of a second', () => {
    const texts = [
      '2026-12-01T10:00:00+08:00',
      '2026-12-01T02:00:00Z',
      '2026-12-01T02:00:00+00:00',
      '2026-11-30T16:00:00-10:00',
      '2026-12-01T07:45:00.0+05:45',
      '2026-12-01T16:00:00.000+14:00',
    ]
    for (const text of texts) assert.deepEqual(parseInstant(text), { ok: true, value: at }, text)
    assert.deepEqual(parseInstant('2026-12-01T02:00:00.5Z'), { ok: true, value: at + 500 })
    assert.deepEqual(parseInstant('2026-12-01T02:00:00.05Z'), { ok: true, value: at + 50 })
  })

  const refusals: [text: string, at: number, reason: string][] = [
    ['', 0, 'empty'],
    ['2026-12-01', 10, 'tooShort'],
    ['2026-12-01 10:00:00+08:00', 10, 'badCharacter'],
    ['2026-12-01t10:00:00Z', 10, 'badCharacter'],
    ['2026-02-29T10:00:00Z', 8, 'noSuchDate'],
    ['2026-12-01T24:00:00Z', 11, 'noSuchTime'],
    ['2026-12-01T10:60:00Z', 14, 'noSuchTime'],
    ['2026-12-01T23:59:60Z', 17, 'noSuchTime'],
    ['2026-12-01T10:00:00', 19, 'tooShort'],
    ['2026-12-01T10:00:00.', 20, 'tooShort'],
    ['2026-12-01T10:00:00.Z', 20, 'badCharacter'],
    ['2026-12-01T10:00:00.123', 23, 'tooShort'],
    ['2026-12-01T10:00:00.1234Z', 23, 'tooManyDigits'],
    ['2026-12-01T10:00:00z', 19, 'badCharacter'],
    ['2026-12-01T10:00:00Z ', 20, 'badCharacter'],
    ['2026-12-01T10:00:00+0800', 22, 'badCharacter'],
    ['2026-12-01T10:00:00+08:0', 24, 'tooShort'],
    ['2026-12-01T10:00:00+08:000', 25, 'badCharacter'],
    ['2026-12-01T10:00:00−08:00', 19, 'badCharacter'],
    ['2026-12-01T10:00:00-00:00', 19, 'noSuchOffset'],
    ['2026-12-01T10:00:00+14:01', 20, 'noSuchOffset'],
    ['2026-12-01T10:00:00+08:60', 23, 'noSuchOffset'],
  ]
  for (const [text, where, reason] of refusals) {
    it(`[TIME-5] refuse ${JSON.stringify(text)} at ${where} as ${reason}`, () => {
      const parsed = parseInstant(text)
      assert.ok(!parsed.ok)
      assert.deepEqual([parsed.at, parsed.reason], [where, reason])
    })
  }
})
