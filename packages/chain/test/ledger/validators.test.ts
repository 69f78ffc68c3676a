import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Party, party, validatorsOf } from '@dujiang/testing/light'
import { trivialApp } from '@dujiang/testing/trivial'
import { validatorsHash } from '../../src/index.ts'
import { Consortium, founders, keyOfParty, replayAll } from '../support/consortium.ts'

const hashOf = (parties: readonly Party[]) => toHex(validatorsHash(nodeCrypto.sha256, validatorsOf(parties)))
const fifth = party(4, 1)
const five = [...founders, fifth]

/** Of each block, who signs it and who signs the next, by the hashes of its header. */
const setsOf = ({ blocks }: Consortium) =>
  blocks.map(({ header }) => [header.validatorsHash, header.nextValidatorsHash].map(toHex))

describe('validators in the state', () => {
  it('[VAL-1] are at first those of the genesis file', () => {
    const { ledger } = new Consortium()
    const read = ledger.app.validators?.read(ledger.view()) ?? []
    assert.equal(toHex(validatorsHash(nodeCrypto.sha256, read)), hashOf(founders))
    assert.deepEqual(ledger.tip.validators.next, ledger.tip.validators.afterNext)
  })

  it('[VAL-1] what block 2 changes is named by header 3 and signs block 4', () => {
    const test = new Consortium()
    test.block()
    test.block({ txs: [test.seat(fifth, 1)] })
    test.block()
    test.block()
    const [old, next] = [hashOf(founders), hashOf(five)]
    assert.deepEqual(setsOf(test), [
      [old, old],
      [old, old],
      [old, next],
      [next, next],
    ])
    assert.equal(test.at(3).commit.signatures.length, 4)
    assert.equal(test.at(4).commit.signatures.length, 5)
    assert.equal(replayAll(test.twin(), test.blocks), undefined)
  })

  it('[VAL-1] changes of two blocks in a row follow each other', () => {
    const test = new Consortium()
    test.block({ txs: [test.seat(fifth, 1)] })
    test.block({ txs: [test.seat(founders[0] as Party, 0)] })
    for (let height = 3; height <= 4; height++) test.block()
    const [first, second, third] = [founders, five, five.slice(1)].map(hashOf)
    assert.deepEqual(setsOf(test), [
      [first, first],
      [first, second],
      [second, third],
      [third, third],
    ])
    assert.equal(replayAll(test.twin(), test.blocks), undefined)
  })

  it('[VAL-1] what a block changes and changes back is no change', () => {
    const test = new Consortium()
    test.block({ txs: [test.seat(fifth, 1), test.seat(fifth, 0)] })
    test.block()
    test.block()
    for (const sets of setsOf(test)) assert.deepEqual(sets, [hashOf(founders), hashOf(founders)])
  })

  it('[VAL-1] the old set cannot sign a block of the new one, nor the new one a block of the old', () => {
    for (const early of [false, true]) {
      const test = new Consortium()
      test.block({ txs: [test.seat(fifth, 5)] })
      const { next, afterNext } = test.ledger.tip.validators
      if (!early) test.block()
      const decided = test.decide()
      const { header, txs } = decided.block
      const commit = test.sign(header, decided.blockId, early ? afterNext : next)
      const twin = test.twin()
      assert.equal(replayAll(twin, test.blocks), undefined)
      assert.match(replayAll(twin, [{ header, txs, commit }]) ?? 'it holds', /^commit: /)
    }
  })

  it('[VAL-1] without rows of them the genesis file names the validators for ever', () => {
    const test = new Consortium({ app: trivialApp() })
    for (let height = 1; height <= 3; height++) test.block({ txs: [test.mix(height)] })
    for (const sets of setsOf(test)) assert.deepEqual(sets, [hashOf(founders), hashOf(founders)])
    assert.equal([...test.ledger.view().scan(`trivial/seat/${keyOfParty(fifth)}`)].length, 0)
  })
})
