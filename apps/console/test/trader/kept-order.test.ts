import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Session } from '@dujiang/market'
import { edited, emptyDraft } from '../../src/forms/order/draft.ts'
import { basisOf, changedSince, keptOrder, readKeptOrder, restored } from '../../src/forms/order/kept-order.ts'
import { type StartParts, freshStart, startFrom } from '../../src/forms/order/order-start.ts'

const YUAN = 100_000
const MWH = 1_000_000
const session = {
  periods: 2,
  stepsMax: 1,
  opensMs: 1,
  gateMs: 2,
  deliveryFrom: '2027-01-01',
  deliveryTo: '2027-01-31',
} as Session
const typed = edited(emptyDraft(2, 1, 'MWh'), [
  { row: 0, column: 0, text: '300' },
  { row: 0, column: 1, text: '5' },
])
const standing = (id: string) => ({
  id,
  place: 1,
  side: 'sell' as const,
  unit: 'U',
  periods: [1],
  prices: [[300 * YUAN]],
  volumesWh: [[5 * MWH]],
})
const other = { ...standing('other'), prices: [[200 * YUAN]] }
const parts = (live: StartParts['live']): StartParts => ({
  session,
  limitWh: [MWH, MWH],
  live,
  replacing: undefined,
  unitSide: 'sell',
  energy: 'MWh',
})
const basis = basisOf(session, [MWH, MWH])

describe('a ladder that was kept', () => {
  it('comes back as it was typed, what cannot be read too, and without what the notice does not have', () => {
    const half = edited(typed, [{ row: 1, column: 0, text: '3oo' }])
    const kept = readKeptOrder(JSON.parse(JSON.stringify(keptOrder(half, 'sell', undefined, basis))))
    assert.ok(kept)
    assert.deepEqual(restored(kept, 2, 1), half)
    assert.deepEqual(restored(kept, 1, 1).texts, [['300', '5']])
    assert.equal(readKeptOrder({ v: 0 }), undefined)
  })

  it('names what has changed since: times, delivery, limits', () => {
    assert.deepEqual(changedSince(basis, basisOf(session, [MWH, MWH])), [])
    const later = basisOf({ ...session, gateMs: 3, deliveryTo: '2027-02-28' }, [MWH, 2 * MWH])
    assert.deepEqual(changedSince(basis, later), ['gateMs', 'deliveryTo', 'limitWh'])
  })

  it('goes on to replace the order it was for, or says that this is gone', () => {
    const kept = keptOrder(typed, 'sell', 'other', basis)
    const { replaced, found } = startFrom(kept, parts([other]))
    assert.deepEqual([replaced, found], ['other', 'draft'])
    const gone = startFrom(kept, parts([]))
    assert.deepEqual([gone.replaced, gone.found], [undefined, 'replacedGone'])
  })

  it('is no draft where it stands among the live orders as it was typed: it had been sent', () => {
    const { replaced, found, sent } = startFrom(
      keptOrder(typed, 'sell', undefined, basis),
      parts([other, standing('it')]),
    )
    assert.deepEqual([replaced, found], ['it', 'none'])
    assert.ok(sent !== undefined)
    assert.equal(freshStart(parts([])).sent, undefined)
  })
})
