import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorOf, tallyOf, TRIVIAL_REFUSALS } from '@dujiang/testing/trivial'
import { SEQUENCE_NOT_HIGHER, lastSequence } from '../../src/index.ts'
import { TestLedger, codesOf, receiptsOf } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B')
const low = SEQUENCE_NOT_HIGHER.code

describe('sequences', () => {
  it('[SEQ-1] allows gaps, and refuses the same and lower ones with a receipt', () => {
    const test = new TestLedger([a])
    const at = (sequence: number) => test.mix(a, 'T', sequence, { sequence })
    assert.deepEqual(codesOf(test.block([at(5)])), [0])
    const decided = test.block([test.mix(a, 'T', 1, { sequence: 5 }), at(4), at(9)])
    assert.deepEqual(codesOf(decided), [low, low, 0])
    const refused = receiptsOf(decided).find(({ code }) => code === low)
    assert.equal(refused?.refusal?.name, 'sequenceNotHigher')
    assert.deepEqual(refused?.refusal?.facts, {
      stream: 'T',
      actor: 'A',
      last: 5,
      sequence: refused?.refusal?.facts['sequence'],
    })
  })

  it('[SEQ-1] keeps each stream and each actor apart', () => {
    const test = new TestLedger([a, b])
    const decided = test.block([
      test.mix(a, 'T', 1, { sequence: 5 }),
      test.mix(a, 'U', 1, { sequence: 3 }),
      test.mix(b, 'T', 1, { sequence: 4 }),
    ])
    assert.deepEqual(codesOf(decided), [0, 0, 0])
  })

  it('[SEQ-1] executes an actor’s acts of one block by sequence, however the block lists them', () => {
    const test = new TestLedger([a])
    const txs = [3, 1, 2].map((sequence) => test.mix(a, 'T', sequence, { sequence }))
    assert.deepEqual(codesOf(test.block(txs)), [0, 0, 0])
    assert.equal(tallyOf(test.ledger.view(), 'T'), (1 * 31 + 2) * 31 + 3)
  })

  it('[SEQ-2] a refused decision uses up its sequence, one refused for its sequence does not', () => {
    const test = new TestLedger([a])
    const route = { stream: 'T', actor: 'A' }
    const last = () => lastSequence(test.ledger.view(), route)
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', -1, { sequence: 7 })])), [TRIVIAL_REFUSALS.amountNegative])
    assert.equal(last(), 7)
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1, { sequence: 6 })])), [low])
    assert.equal(last(), 7)
  })

  it('[SEQ-3] a stream that has ended is forgotten whole, also by the act that ends it', () => {
    const test = new TestLedger([a, b])
    test.block([test.mix(a, 'T', 1, { sequence: 5 }), test.mix(b, 'T', 1, { sequence: 8 }), test.mix(a, 'T2', 1)])
    assert.deepEqual(codesOf(test.block([test.act(a, 'tally.close', { tally: 'T' }, { sequence: 6 })])), [0])
    const view = test.ledger.view()
    assert.deepEqual(
      [...view.scan('chain/sequence/')].map(([key]) => key),
      ['chain/sequence/T2/A'],
    )
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1, { sequence: 1 })])), [0])
  })
})
