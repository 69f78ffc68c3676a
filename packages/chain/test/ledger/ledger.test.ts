import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorOf, tallyOf } from '@dujiang/testing/trivial'
import { Defect } from '../../src/index.ts'
import { START_MS, TestLedger, codesOf, sealed } from '../support/test-ledger.ts'

const a = actorOf('A')
const isDefect = (invariant: string) => (error: unknown) => error instanceof Defect && error.invariant === invariant

describe('ledger', () => {
  it('[EXEC-6] what is decided is no part of it before it is committed', () => {
    const test = new TestLedger([a])
    const { ledger } = test
    const before = { tip: ledger.tip, appHash: ledger.state.appHash, tree: ledger.state.tree }
    const tx = test.mix(a, 'T', 7)
    const decided = test.decide([tx], START_MS + 1)
    assert.deepEqual({ tip: ledger.tip, appHash: ledger.state.appHash, tree: ledger.state.tree }, before)
    assert.equal(ledger.receiptLog.size, 0)
    assert.equal(tallyOf(ledger.view(), 'T'), 0)
    assert.deepEqual(test.decide([tx], START_MS + 1), decided, 'and may be decided again')

    ledger.commit(decided, sealed(ledger, decided))
    assert.equal(tallyOf(ledger.view(), 'T'), 7)
    assert.equal(ledger.receiptLog.size, 1)
    assert.deepEqual(ledger.tip.appHash, decided.executed.appHash)
    assert.deepEqual(ledger.head?.header.appHash, before.appHash)
  })

  it('[TIME-1] a block at or before the last one’s time would be a defect', () => {
    const test = new TestLedger([a])
    assert.throws(() => test.decide([], START_MS), isDefect('TIME-1'))
    test.block([], START_MS + 1)
    assert.throws(() => test.decide([], START_MS + 1), isDefect('TIME-1'))
    assert.deepEqual(codesOf(test.decide([], START_MS + 2)), [])
  })

  it('[HEIGHT-1] a block taken in twice, or beside another of its height, would be a defect', () => {
    const test = new TestLedger([a])
    const [first, second] = [test.decide([], START_MS + 1), test.decide([test.mix(a, 'T', 1)], START_MS + 2)]
    test.ledger.commit(first, sealed(test.ledger, first))
    for (const late of [first, second]) {
      assert.throws(() => test.ledger.commit(late, sealed(test.ledger, late)), isDefect('HEIGHT-1'))
    }
    assert.equal(test.ledger.tip.height, 1)
  })

  it('[EXEC-5] quiet blocks change the height and time of the tip, and no app hash', () => {
    const test = new TestLedger([a])
    test.block([test.mix(a, 'T', 1)])
    const { appHash } = test.ledger.tip
    for (let i = 0; i < 3; i++) test.block([], test.nowMs + 3_600_000)
    assert.deepEqual(test.ledger.tip.appHash, appHash)
    assert.deepEqual(test.ledger.head?.header.appHash, appHash)
    assert.equal(test.ledger.tip.height, 4)
  })
})
