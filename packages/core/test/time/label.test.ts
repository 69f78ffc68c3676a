import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hourLabel, hourOfPoint, parseHourLabel, parsePointLabel, pointLabel } from '../../src/time/index.ts'

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)
type Row = [text: string, at: number, reason: string, facts?: Record<string, string | number>]

describe('point labels', () => {
  it('[TIME-3] are the ends of the 96 quarters of an hour, in order, each read back', () => {
    const labels = upTo(96).map(pointLabel)
    assert.deepEqual([labels[0], labels[3], labels[94], labels[95]], ['00:15', '01:00', '23:45', '24:00'])
    assert.deepEqual(labels, [...labels].sort())
    assert.equal(new Set(labels).size, 96)
    for (const point of upTo(96)) assert.deepEqual(parsePointLabel(pointLabel(point)), { ok: true, value: point })
  })

  it('[TIME-3] accept those 96 texts of all HH:MM', () => {
    const accepted: string[] = []
    for (let minute = 0; minute < 10_000; minute += 1) {
      const text = `${String(Math.floor(minute / 100)).padStart(2, '0')}:${String(minute % 100).padStart(2, '0')}`
      if (parsePointLabel(text).ok) accepted.push(text)
    }
    assert.deepEqual(accepted, upTo(96).map(pointLabel))
  })

  it('[TIME-3] throw outside 1 to 96', () => {
    for (const point of [0, 97, 0.5, Number.NaN]) assert.throws(() => pointLabel(point), RangeError)
  })

  const remedy = { remedy: 'useEndLabel', label: '24:00', dayOffset: -1 }
  const refusals: Row[] = [
    ['00:00', 0, 'startLabel', remedy],
    ['00:07', 3, 'offGrid', { gridMinutes: 15 }],
    ['24:15', 3, 'outOfDay'],
    ['25:00', 0, 'outOfDay'],
    ['12:60', 3, 'outOfDay'],
    ['', 0, 'empty'],
    ['9:15', 1, 'badCharacter', { character: ':', kind: 'other' }],
    ['09：15', 2, 'badCharacter', { character: '：', kind: 'fullWidth' }],
    ['09:1', 4, 'tooShort', { length: 5 }],
    ['09:15:00', 5, 'badCharacter', { character: ':', kind: 'other' }],
  ]
  for (const [text, at, reason, facts = {}] of refusals) {
    it(`[TIME-3] refuse ${JSON.stringify(text)} at ${at} as ${reason}`, () => {
      assert.deepEqual(parsePointLabel(text), { ok: false, at, reason, facts })
    })
  }
})

describe('hour labels', () => {
  it('[TIME-4] name 24 hours by start and end, each read back', () => {
    assert.deepEqual([hourLabel(1), hourLabel(10), hourLabel(24)], ['00:00-01:00', '09:00-10:00', '23:00-24:00'])
    for (const hour of upTo(24)) assert.deepEqual(parseHourLabel(hourLabel(hour)), { ok: true, value: hour })
  })

  it('[TIME-4] hold four points each', () => {
    for (const hour of upTo(24)) {
      const points = upTo(96).filter((point) => hourOfPoint(point) === hour)
      assert.deepEqual(points, [hour * 4 - 3, hour * 4 - 2, hour * 4 - 1, hour * 4])
    }
  })

  it('[TIME-4] throw outside 1 to 24', () => {
    for (const hour of [0, 25, 1.5]) assert.throws(() => hourLabel(hour), RangeError)
  })

  const remedy = { remedy: 'useEndLabel', label: '23:00-24:00', dayOffset: 0 }
  const refusals: Row[] = [
    ['23:00-00:00', 6, 'startLabel', remedy],
    ['09:00-11:00', 6, 'notOneHour'],
    ['10:00-09:00', 6, 'notOneHour'],
    ['09:15-10:15', 3, 'offGrid', { gridMinutes: 60 }],
    ['09:00-10:15', 9, 'offGrid', { gridMinutes: 60 }],
    ['24:00-25:00', 0, 'outOfDay'],
    ['23:00-25:00', 6, 'outOfDay'],
    ['09:00–10:00', 5, 'badCharacter', { character: '–', kind: 'minusSign' }],
    ['09:00', 5, 'tooShort', { length: 11 }],
    ['', 0, 'empty'],
  ]
  for (const [text, at, reason, facts = {}] of refusals) {
    it(`[TIME-4] refuse ${JSON.stringify(text)} at ${at} as ${reason}`, () => {
      assert.deepEqual(parseHourLabel(text), { ok: false, at, reason, facts })
    })
  }
})
