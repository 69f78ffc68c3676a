import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  endOfPoint,
  formatInstant,
  MS_IN_DAY,
  marketDayOf,
  marketDayPlus,
  marketDaysBetween,
  parsePointLabel,
  pointAt,
  pointEndingAt,
  pointLabel,
  startOfMarketDay,
  startOfPoint,
} from '../../src/time/index.ts'

const instant = fc.integer({ min: 0, max: Date.UTC(2200, 0, 1) })

describe('market days', () => {
  it('[TIME-2] begin at 16:00 UTC of the day before and own their first instant only', () => {
    assert.equal(startOfMarketDay('2026-12-01'), Date.UTC(2026, 10, 30, 16))
    assert.equal(marketDayOf(Date.UTC(2026, 10, 30, 16)), '2026-12-01')
    assert.equal(marketDayOf(Date.UTC(2026, 10, 30, 16) - 1), '2026-11-30')
  })

  it('[TIME-2] agree with the time zone of Shanghai since its clocks stand still', () => {
    const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
    const since1992 = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2200, 0, 1) })
    fc.assert(fc.property(since1992, (atMs) => assert.equal(marketDayOf(atMs), shanghai.format(atMs))))
  })

  it('[TIME-2] hold 24 hours each, whatever the season', () => {
    fc.assert(
      fc.property(instant, (atMs) => {
        const day = marketDayOf(atMs)
        const start = startOfMarketDay(day)
        assert.ok(start <= atMs && atMs < start + MS_IN_DAY)
        assert.equal(startOfMarketDay(marketDayPlus(day, 1)), start + MS_IN_DAY)
      }),
    )
  })

  it('count forwards and backwards alike', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -20_000, max: 20_000 }), (atMs, days) => {
        const from = marketDayOf(atMs)
        const to = marketDayPlus(from, days)
        assert.equal(marketDaysBetween(from, to), days)
        assert.equal(marketDayPlus(to, -days), from)
      }),
    )
    assert.equal(marketDayPlus('2028-02-28', 2), '2028-03-01')
  })

  it('throw on what is no day and no instant', () => {
    assert.throws(() => startOfMarketDay('2026-02-29'), RangeError)
    assert.throws(() => marketDayOf(0.5), RangeError)
    assert.throws(() => marketDayOf(Number.MAX_SAFE_INTEGER), RangeError)
    assert.throws(() => marketDayPlus('2026-12-01', 0.5), RangeError)
  })
})

describe('points', () => {
  it('[TIME-6] take in their start and not their end; a reading at the end is theirs', () => {
    const midnight = startOfMarketDay('2026-12-01')
    assert.deepEqual(pointAt(midnight), { day: '2026-12-01', point: 1 })
    assert.deepEqual(pointAt(midnight - 1), { day: '2026-11-30', point: 96 })
    assert.deepEqual(pointEndingAt(midnight), { day: '2026-11-30', point: 96 })
    assert.equal(pointEndingAt(midnight + 1), undefined)
  })

  it('[TIME-6] tile the day without gap or overlap', () => {
    fc.assert(
      fc.property(instant, (atMs) => {
        const { day, point } = pointAt(atMs)
        const [start, end] = [startOfPoint(day, point), endOfPoint(day, point)]
        assert.ok(start <= atMs && atMs < end)
        assert.deepEqual(pointEndingAt(end), { day, point })
        assert.deepEqual(parsePointLabel(pointLabel(point)), { ok: true, value: point })
        if (point < 96) assert.equal(formatInstant(end).slice(11, 16), pointLabel(point))
      }),
    )
  })

  it('throw outside 1 to 96', () => {
    for (const point of [0, 97, 1.5]) assert.throws(() => startOfPoint('2026-12-01', point), RangeError)
  })
})
