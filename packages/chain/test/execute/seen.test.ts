import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorOf, tallyOf } from '@dujiang/testing/trivial'
import { ADMISSION, isInadmissible, signBody } from '../../src/index.ts'
import { START_MS, TestLedger, codesOf, receiptsOf } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B', 'sm2')
const MINUTE_MS = 60_000

const buckets = (test: TestLedger) => [...test.ledger.view().scan('chain/seen/')].map(([key]) => Number(key.slice(11)))
const minutes = (ms: number) => Math.floor(ms / MINUTE_MS)

describe('remembered ids', () => {
  it('[SEEN-1] executes an act once, however often it comes and however it is signed', () => {
    const test = new TestLedger([a, b])
    const tx = test.mix(b, 'T', 1)
    const understood = test.ledger.understand(tx)
    if (isInadmissible(understood)) throw new Error(understood.name)
    const again = signBody(b.signer, understood.envelope.body)
    assert.notDeepEqual(again, tx)
    const decided = test.block([tx, again, tx])
    assert.deepEqual(codesOf(decided), [0, ADMISSION.repeated, ADMISSION.repeated])
    assert.equal(receiptsOf(decided).length, 1)
    assert.deepEqual(codesOf(test.block([again])), [ADMISSION.repeated])
    assert.equal(tallyOf(test.ledger.view(), 'T'), 1)
  })

  it('[SEEN-1] a refused decision uses up its id', () => {
    const test = new TestLedger([a])
    const tx = test.mix(a, 'T', -1)
    const decided = test.block([tx])
    assert.equal(receiptsOf(decided)[0]?.refusal?.name, 'amountNegative')
    assert.deepEqual(codesOf(test.block([tx])), [ADMISSION.repeated])
  })

  it('[SEEN-2] knows an id up to the last millisecond before its expiry, then the act is expired', () => {
    const test = new TestLedger([a])
    const expires = START_MS + 90_000
    const tx = test.mix(a, 'T', 1, { expires })
    test.block([tx])
    // Blocks that change state come and go, and with them buckets.
    test.block([test.mix(a, 'T', 2)], START_MS + 50_000)
    test.block([test.mix(a, 'T', 2)], START_MS + 70_000)
    assert.deepEqual(codesOf(test.decide([tx], expires - 1)), [ADMISSION.repeated])
    assert.deepEqual(codesOf(test.decide([tx], expires)), [ADMISSION.expired])
  })

  it('[SEEN-2] drops a bucket at the first instant at which all in it has expired', () => {
    const test = new TestLedger([a])
    test.block([test.mix(a, 'T', 1, { expires: START_MS + MINUTE_MS - 1 })])
    test.block([test.mix(a, 'T', 1, { expires: START_MS + MINUTE_MS })])
    const first = minutes(START_MS)
    assert.deepEqual(buckets(test), [first, first + 1])
    const far = { expires: START_MS + 600_000 }
    test.block([test.mix(a, 'T', 1, far)], START_MS + MINUTE_MS - 1)
    assert.deepEqual(buckets(test), [first, first + 1, first + 10])
    const decided = test.block([test.mix(a, 'T', 1, far)], START_MS + MINUTE_MS)
    assert.deepEqual(decided.executed.droppedMinutes, [first])
    assert.deepEqual(buckets(test), [first + 1, first + 10])
  })

  it('[SEEN-3] drops nothing in a block that changes nothing', () => {
    const test = new TestLedger([a])
    test.block([test.mix(a, 'T', 1)])
    const { appHash } = test.ledger.tip
    test.block([], START_MS + 10 * MINUTE_MS)
    assert.equal(buckets(test).length, 1)
    assert.deepEqual(test.ledger.tip.appHash, appHash)
    test.block([test.mix(a, 'T', 1)])
    assert.deepEqual(buckets(test), [minutes(test.nowMs - 1_000) + 1])
  })

  it('[SEEN-2] the committed state binds the ids and their order of execution', () => {
    const hashOf = (sequences: readonly number[]) => {
      const test = new TestLedger([a])
      for (const sequence of sequences) test.block([test.mix(a, `T${sequence}`, 0, { expires: START_MS + 50_000 })])
      return [...test.ledger.view().scan('chain/seen/')]
    }
    assert.notDeepEqual(hashOf([1, 2]), hashOf([2, 1]))
  })
})
