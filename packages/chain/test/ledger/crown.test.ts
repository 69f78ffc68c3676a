import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { party } from '@dujiang/testing/light'
import { tallyKey } from '@dujiang/testing/trivial'
import { type Commit, Defect, type Header, type Ledger, proveState } from '../../src/index.ts'
import { Consortium } from '../support/consortium.ts'

/** A ledger as an engine drives it that executes blocks before it has their headers, beside one that makes them. */
function behind(blocks: number) {
  const test = new Consortium()
  const ledger = test.twin()
  for (let height = 1; height <= blocks; height++) {
    const { header, txs } = test.block({ txs: height % 2 === 1 ? [test.mix(height)] : [] }).block
    ledger.advance(ledger.execute({ timeMs: test.nowMs, txs }))
    assert.equal(header.height, ledger.tip.height)
  }
  const crown = (height: number, over: Partial<Header> = {}, commit: Partial<Commit> = {}) =>
    ledger.crown({ ...test.at(height).header, ...over }, { ...test.at(height).commit, ...commit })
  return { test, ledger, crown }
}

const heightOf = ({ head }: Ledger) => head?.header.height

describe('a header that comes after its block was executed', () => {
  it('[CROWN-1] makes provable what it commits to, which is the state before its block', () => {
    const { test, ledger, crown } = behind(4)
    assert.deepEqual(ledger.tip.appHash, test.ledger.tip.appHash)
    assert.equal(heightOf(ledger), undefined)
    assert.equal(proveState(ledger, tallyKey('T')), undefined)
    assert.equal(crown(3), undefined)
    assert.equal(heightOf(ledger), 3)
    // Block 3 has changed the row since.
    assert.equal(proveState(ledger, tallyKey('T')), undefined)
    assert.equal(crown(4), undefined)
    const proof = proveState(ledger, tallyKey('T'))
    assert.equal(proof?.header.height, 4)
    assert.deepEqual(ledger.head, test.ledger.head)
  })

  it('[CROWN-1] that is older than the one there is changes nothing', () => {
    const { ledger, crown } = behind(3)
    assert.equal(crown(3), undefined)
    assert.equal(crown(2), undefined)
    assert.equal(crown(2, { appHash: new Uint8Array(32) }), undefined)
    assert.equal(ledger.head?.header.height, 3)
  })

  it('[CROWN-1] is refused for another state, other validators, signatures that do not prove it, in that order', () => {
    const { test, ledger, crown } = behind(3)
    const appHash = new Uint8Array(32)
    const validatorsHash = new Uint8Array(32)
    const { signatures } = test.at(2).commit
    const none = { signatures: [] }
    assert.equal(crown(2, { appHash, validatorsHash }, none), 'header 2: it commits to another state')
    assert.equal(crown(2, { validatorsHash }, none), 'header 2: it is of other validators')
    assert.match(String(crown(2, {}, none)), /^commit 2: /)
    assert.match(String(crown(2, {}, { signatures: test.at(1).commit.signatures })), /^commit 2: /)
    assert.match(String(crown(2, { dataHash: new Uint8Array(32) }, { signatures })), /^commit 2: /)
    assert.equal(ledger.head, undefined)
    assert.equal(crown(2), undefined)
  })

  it('[CROWN-1] is refused for a block that has not been executed, or not among the last 256', () => {
    const { test, ledger, crown } = behind(2)
    const { block } = test.block()
    assert.equal(ledger.crown(block.header, test.at(3).commit), 'block 3 has not been executed lately')
    let timeMs = ledger.tip.timeMs
    for (let height = 3; height <= 257; height++) ledger.advance(ledger.execute({ timeMs: (timeMs += 1_000), txs: [] }))
    assert.equal(crown(1), 'block 1 has not been executed lately')
    assert.equal(crown(2), undefined)
  })

  it('[CROWN-1] is forgotten after 256 heights, also where most of them were left out', () => {
    const { test, ledger, crown } = behind(2)
    ledger.advance(ledger.execute({ height: 400, timeMs: test.nowMs + 400_000, txs: [] }))
    assert.equal(crown(1), 'block 1 has not been executed lately')
    assert.equal(crown(2), 'block 2 has not been executed lately')
  })

  it('[CROWN-1] is of the validators of its height, also where quiet blocks before it were left out', () => {
    const test = new Consortium()
    const ledger = test.twin()
    const [joining] = [test.block({ txs: [test.seat(party(4, 1), 1)] })]
    ledger.advance(ledger.execute({ timeMs: test.nowMs, txs: joining.block.txs }))
    for (let height = 2; height <= 4; height++) test.block()
    ledger.advance(ledger.execute({ height: 4, timeMs: test.nowMs, txs: [] }))
    assert.equal(ledger.crown(test.at(2).header, test.at(2).commit), 'block 2 has not been executed lately')
    assert.equal(ledger.crown(test.at(4).header, test.at(4).commit), undefined)
    assert.equal(ledger.head?.commit.signatures.length, 5)
  })
})

describe('the next header', () => {
  it('[SEAL-1] is made only by who knows the signatures of the last block', () => {
    const { test, ledger } = behind(1)
    const isSeal = (error: unknown) => error instanceof Defect && error.invariant === 'SEAL-1'
    const next = () => ledger.decide([], ledger.tip.timeMs + 1, new Uint8Array(20))
    assert.throws(next, isSeal)
    const { header, commit } = test.at(1)
    assert.equal(ledger.crown(header, commit), undefined)
    // The header does not bring them: they are what an engine signs the next block over.
    assert.throws(next, isSeal)
    const sealed = test.twin()
    sealed.advance(sealed.execute({ timeMs: test.nowMs, txs: test.at(1).txs }), { blockId: commit.blockId, commit })
    const timeMs = test.nowMs + 1_000
    assert.deepEqual(sealed.decide([], timeMs, header.proposerAddress).blockId, test.decide({ timeMs }).blockId)
  })
})
