import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actorOf, tallyOf, TRIVIAL_REFUSALS } from '@dujiang/testing/trivial'
import { ADMISSION, SEQUENCE_NOT_HIGHER, lastSequence } from '../../src/index.ts'
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

  it('[SEQ-2] a refused act leaves no row: a lower sequence may still be accepted', () => {
    const test = new TestLedger([a])
    const route = { stream: 'T', actor: 'A' }
    const last = () => lastSequence(test.ledger.view(), route)
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', -1, { sequence: 7 })])), [TRIVIAL_REFUSALS.amountNegative])
    assert.deepEqual([...test.ledger.view().scan('chain/sequence/')], [])
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1, { sequence: 6 })])), [0])
    assert.equal(last(), 6)
    assert.deepEqual(codesOf(test.block([test.mix(a, 'T', 1, { sequence: 6 })])), [low])
    assert.equal(last(), 6)
  })

  it('[SEQ-2] the bytes of a refused act cannot come again, whatever has changed', () => {
    const test = new TestLedger([a])
    const refused = test.mix(a, 'T', -1, { sequence: 7 })
    test.block([refused])
    assert.deepEqual(codesOf(test.block([refused])), [ADMISSION.repeated])
  })

  it('[SEQ-2] of several acts of one sequence in a block one is accepted, whichever of them comes first', () => {
    const test = new TestLedger([a])
    const acts = [-1, 1, -2, 2, -3, 3].map((amount) => test.mix(a, 'T', amount, { sequence: 1 }))
    const codes = codesOf(test.block(acts))
    assert.equal(codes.filter((code) => code === 0).length, 1)
    assert.ok(codes.every((code) => [0, low, TRIVIAL_REFUSALS.amountNegative].includes(code)))
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

  it('[SEQ-3] an act refused in a stream that has ended leaves no row behind', () => {
    const test = new TestLedger([a])
    test.block([test.act(a, 'tally.close', { tally: 'T' })])
    test.block([test.mix(a, 'T', -1)])
    assert.deepEqual([...test.ledger.view().scan('chain/sequence/')], [])
  })
})
