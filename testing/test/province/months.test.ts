import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { monthAfter, monthText, nominalTimes, readMonth, seasonOf } from '@dujiang/testing/province'

describe('the months of the sample province', () => {
  it('begins with December 2026 and goes on month by month, over the turn of the year', () => {
    assert.equal(monthText(monthAfter(undefined, undefined)), '2026-12')
    assert.equal(monthText(monthAfter({ year: 2026, month: 12 }, undefined)), '2027-01')
  })

  it('goes to the next month of the season that is asked for', () => {
    assert.equal(monthText(monthAfter(undefined, 'dry')), '2026-12')
    assert.equal(monthText(monthAfter(undefined, 'wet')), '2027-06')
    assert.equal(monthText(monthAfter({ year: 2027, month: 6 }, 'wet')), '2027-07')
    assert.equal(monthText(monthAfter({ year: 2027, month: 10 }, 'wet')), '2028-06')
    assert.equal(monthText(monthAfter({ year: 2027, month: 6 }, 'dry')), '2027-11')
  })

  it('reads what it writes and nothing else', () => {
    assert.deepEqual(readMonth('2026-12'), { year: 2026, month: 12 })
    for (const text of ['2026-13', '2026-1', '2026-12-1', '']) assert.equal(readMonth(text), undefined)
  })

  it('is wet from June to October', () => {
    const wet = Array.from({ length: 12 }, (_, at) => at + 1).filter(
      (month) => seasonOf({ year: 2027, month }) === 'wet',
    )
    assert.deepEqual(wet, [6, 7, 8, 9, 10])
  })

  it('prints nominal times in the month before delivery', () => {
    assert.equal(nominalTimes({ year: 2027, month: 1 }).opens, '2026-12-24 09:30')
  })
})
