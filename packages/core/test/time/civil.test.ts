import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { civilFromDays, daysFromCivil, daysInMonth, formatCivil, isLeapYear, parseCivil } from '../../src/time/index.ts'

const FIRST = -719_528 // 0000-01-01
const LAST = 2_932_896 // 9999-12-31
const anyDay = fc.integer({ min: FIRST, max: LAST })

describe('calendar dates', () => {
  it('agree with the platform calendar on every day of 1890 to 2110', () => {
    const end = daysFromCivil({ year: 2110, month: 12, day: 31 })
    for (let day = daysFromCivil({ year: 1890, month: 1, day: 1 }); day <= end; day += 1) {
      const text = new Date(day * 86_400_000).toISOString().slice(0, 10)
      const date = civilFromDays(day)
      if (formatCivil(date) !== text || daysFromCivil(date) !== day) assert.fail(`day ${day} is ${text}`)
    }
  })

  it('[TIME-1] round-trip through days and text from year 0 to 9999', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const date = civilFromDays(day)
        assert.equal(daysFromCivil(date), day)
        assert.deepEqual(parseCivil(formatCivil(date)), { ok: true, value: date })
        assert.equal(formatCivil(date), new Date(day * 86_400_000).toISOString().slice(0, 10))
      }),
    )
    assert.deepEqual(civilFromDays(FIRST), { year: 0, month: 1, day: 1 })
    assert.deepEqual(civilFromDays(LAST), { year: 9999, month: 12, day: 31 })
  })

  it('throw outside the years 0 to 9999 and on dates that do not exist', () => {
    for (const day of [FIRST - 1, LAST + 1, Number.NaN, 0.5]) assert.throws(() => civilFromDays(day), RangeError)
    for (const [year, month, day] of [
      [2026, 2, 29],
      [2026, 13, 1],
      [2026, 0, 1],
      [2026, 1, 0],
      [10_000, 1, 1],
    ] as const) {
      assert.throws(() => daysFromCivil({ year, month, day }), RangeError)
    }
  })

  it('know leap years', () => {
    assert.deepEqual([2024, 2026, 2100, 2000].map(isLeapYear), [true, false, false, true])
    assert.deepEqual(
      [2024, 2026, 2100, 2000].map((year) => daysInMonth(year, 2)),
      [29, 28, 28, 29],
    )
    assert.equal(daysInMonth(2026, 12), 31)
    assert.throws(() => daysInMonth(2026, 13), RangeError)
  })

  const refusals: [text: string, at: number, reason: string, facts?: Record<string, string | number>][] = [
    ['', 0, 'empty'],
    ['2026', 4, 'tooShort', { length: 10 }],
    ['2026/12/01', 4, 'badCharacter', { character: '/', kind: 'other' }],
    ['2026-1-01', 6, 'badCharacter', { character: '-', kind: 'minusSign' }],
    ['２026-12-01', 0, 'badCharacter', { character: '２', kind: 'fullWidth' }],
    ['2026-12-01 ', 10, 'badCharacter', { character: ' ', kind: 'space' }],
    ['2026-13-01', 5, 'noSuchDate'],
    ['2026-00-01', 5, 'noSuchDate'],
    ['2026-02-29', 8, 'noSuchDate', { daysInMonth: 28 }],
    ['2026-12-00', 8, 'noSuchDate', { daysInMonth: 31 }],
  ]
  for (const [text, at, reason, facts = {}] of refusals) {
    it(`[TIME-1] refuse ${JSON.stringify(text)} at ${at} as ${reason}`, () => {
      assert.deepEqual(parseCivil(text), { ok: false, at, reason, facts })
    })
  }
})
