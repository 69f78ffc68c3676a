import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Listed } from '@dujiang/client'
import { REMIND, notSubmitted, remindedMs } from '../../src/pages/trader/reminder.ts'

const receipt = (over: object, session = 'S1'): Listed =>
  ({
    receipt: { act: REMIND, code: 0, time: 7, ...over },
    events: [{ name: 'sessionReminded', data: { session } }],
  }) as unknown as Listed

it('a reminder is heard by those of its session alone, and only one that was accepted', () => {
  assert.equal(remindedMs(receipt({}), 'S1'), 7)
  assert.equal(remindedMs(receipt({}, 'S2'), 'S1'), undefined)
  assert.equal(remindedMs(receipt({ code: 1216 }), 'S1'), undefined)
  assert.equal(remindedMs(receipt({ act: 'auction.order.submit' }), 'S1'), undefined)
  assert.equal(remindedMs({ index: 1, height: 1, time: 7, withheld: true }, 'S1'), undefined)
})

it('a reminder means the units that are invited and have no order', () => {
  const invited = [{ id: 'A' }, { id: 'B' }]
  assert.deepEqual(notSubmitted(invited, [{ unit: 'A' }, { unit: 'A' }]), [{ id: 'B' }])
  assert.deepEqual(notSubmitted(invited, [{ unit: 'B' }, { unit: 'A' }]), [])
})
