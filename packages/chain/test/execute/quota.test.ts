import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorOf } from '@dujiang/testing/trivial'
import { ADMISSION, Quotas } from '../../src/index.ts'
import { START_MS, TestLedger, codesOf } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B')
const over = ADMISSION.overQuota

describe('quotas', () => {
  it('[QUOTA-1] executes no more acts of an organisation than its quota within one minute of block time', () => {
    const test = new TestLedger([a, b], { actsPerMinuteMax: 3 })
    const left = (timeMs: number) => {
      const view = test.ledger.view(timeMs)
      return new Quotas(view).left(test.ledger.app, view, 'A')
    }
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1), test.mix(a, 'T', 2)], START_MS + 10)), [0, 0])
    assert.equal(left(START_MS + 59_999), 1)
    const decided = test.block([test.mix(b, 'T', 1), test.mix(a, 'T', 3), test.mix(a, 'T', 4)], START_MS + 59_999)
    assert.deepEqual(codesOf(decided), [0, 0, over])
    assert.equal(left(START_MS + 59_999), 0)
  })

  it('[QUOTA-1] begins anew with the first millisecond of the next minute', () => {
    const test = new TestLedger([a], { actsPerMinuteMax: 1 })
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1)], START_MS + 59_998)), [0])
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1)], START_MS + 59_999)), [over])
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1), test.mix(a, 'T', 1)], START_MS + 60_000)), [0, over])
  })

  it('[QUOTA-1] counts a refused decision, and not what leaves no receipt', () => {
    const test = new TestLedger([a], { actsPerMinuteMax: 2 })
    const twice = test.mix(a, 'T', 1)
    const decided = test.block([twice, twice, test.mix(a, 'T', -1), test.mix(a, 'T', 2)])
    assert.deepEqual(codesOf(decided), [0, ADMISSION.repeated, 901, over])
  })

  it('[QUOTA-1] an act over its quota has used up nothing: the same bytes go through a minute later', () => {
    const test = new TestLedger([a], { actsPerMinuteMax: 1 })
    const [first, second] = [test.mix(a, 'T', 1), test.mix(a, 'T', 2, { expires: START_MS + 120_000 })]
    const decided = test.block([first, second])
    assert.deepEqual(codesOf(decided), [0, over])
    assert.equal(decided.executed.newIds.length, 1)
    assert.deepEqual(codesOf(test.block([second], START_MS + 60_000)), [0])
  })

  it('[EXEC-5] a block of nothing but acts over quota leaves the app hash as it was', () => {
    const test = new TestLedger([a], { actsPerMinuteMax: 1 })
    test.block([test.mix(a, 'T', 1)])
    const before = test.ledger.tip.appHash
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 2), test.mix(a, 'T', 3)])), [over, over])
    assert.deepEqual(test.ledger.tip.appHash, before)
  })
})
