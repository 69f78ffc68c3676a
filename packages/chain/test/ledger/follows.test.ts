import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { party, validatorsOf } from '@dujiang/testing/light'
import { SEAT_PREFIX, electingApp, tallyOf } from '@dujiang/testing/trivial'
import {
  Audit,
  type Genesis,
  headerHash,
  type Ledger,
  validatorsHash,
  writeGenesis,
  writeSealedBlock,
} from '../../src/index.ts'
import { Consortium, replayAll, seatsOf } from '../support/consortium.ts'

const { sha256 } = nodeCrypto
const successors = [party(5, 3), party(6, 3), party(7, 3), party(8, 3)]

/** A ledger of three blocks that has ended. */
function ended(): Consortium {
  const test = new Consortium()
  test.block({ txs: [test.mix(7)] })
  test.block()
  test.block({ txs: [test.mix(8), test.act('alarm.set', { alarm: 'X', atMs: test.nowMs + 60_000, onRing: [] })] })
  return test
}

/** The genesis file that goes on from it, with what it says otherwise. */
function following({ ledger }: Consortium, over: Partial<Genesis> = {}, follows: object = {}): Uint8Array {
  const { genesis } = ledger.founded
  const { tip, head, chain } = ledger
  const block = head === undefined ? '' : toHex(headerHash(sha256, head.header))
  const last = { chain: chain.id, height: tip.height, appHash: toHex(tip.appHash), block, ...follows }
  const app = { ...genesis.app, state: {} }
  return writeGenesis({
    ...genesis,
    app,
    follows: last,
    time: tip.timeMs + 1,
    validators: seatsOf(successors),
    ...over,
  })
}

const seatsIn = (ledger: Ledger) =>
  [...ledger.view().scan(SEAT_PREFIX)].map(([key, power]) => [key.slice(SEAT_PREFIX.length), power])

describe('a ledger that follows one that has ended', () => {
  it('[GEN-6] begins with its state and its log of receipts, at the next height, with the validators of its own file', () => {
    const old = ended()
    const size = old.ledger.receiptLog.size
    const test = new Consortium({ genesisBytes: following(old), predecessor: old.ledger })
    assert.equal(tallyOf(test.ledger.view(), 'T'), 7 * 31 + 8)
    assert.equal(test.ledger.tip.height, 3)
    const seats = seatsOf(successors).map(({ key, power }) => [key, power])
    assert.deepEqual(
      seatsIn(test.ledger),
      seats.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)),
    )
    const decided = test.block({ txs: [test.mix(1)] })
    assert.equal(decided.block.header.height, 4)
    assert.deepEqual(decided.block.header.lastBlockId.hash, new Uint8Array(0))
    assert.equal(toHex(decided.block.header.validatorsHash), toHex(validatorsHash(sha256, validatorsOf(successors))))
    assert.equal(decided.executed.recorded[0]?.receipt.index, size)
    assert.equal(tallyOf(test.ledger.view(), 'T'), (7 * 31 + 8) * 31 + 1)
    // What was set in the old ledger falls due in the new one.
    const rung = test.block({ timeMs: test.nowMs + 60_000 })
    assert.deepEqual(
      rung.executed.recorded.map(({ receipt }) => [receipt.act, receipt.height, receipt.index]),
      [['alarm.ring', 5, size + 1]],
    )
  })

  it('[GEN-6] an audit goes through both, and says whose keys each rests on', () => {
    const old = ended()
    const oldAudit = new Audit(electingApp(), nodeCrypto, old.genesisBytes)
    for (const sealed of old.blocks) assert.equal(oldAudit.next(writeSealedBlock(sealed)), undefined)
    const test = new Consortium({ genesisBytes: following(old), predecessor: old.ledger })
    test.block({ txs: [test.mix(1)] })
    test.block()
    const audit = new Audit(electingApp(), nodeCrypto, test.genesisBytes, oldAudit.ledger)
    assert.equal(audit.nextHeight, 4)
    for (const sealed of test.blocks) assert.equal(audit.next(writeSealedBlock(sealed)), undefined)
    assert.deepEqual(audit.ledger.tip.appHash, test.ledger.tip.appHash)
    assert.equal(audit.trusts.length, successors.length)
  })

  it('[GEN-6] acts of the old ledger are none of the new one', () => {
    const old = ended()
    const stale = old.mix(1)
    const test = new Consortium({ genesisBytes: following(old), predecessor: old.ledger })
    const decided = test.block({ txs: [stale] })
    assert.equal(decided.executed.recorded.length, 0)
    assert.notEqual(decided.executed.results[0]?.code, 0)
  })

  it('[GEN-6] is refused for another chain, height, app hash or last block, and then has changed nothing of the old one', () => {
    const old = ended()
    const before = old.ledger.state.appHash
    for (const [field, value] of [
      ['chain', '00'.repeat(32)],
      ['height', 2],
      ['appHash', '00'.repeat(32)],
      ['block', '00'.repeat(32)],
    ] as const) {
      const genesisBytes = following(old, {}, { [field]: value })
      assert.throws(
        () => new Consortium({ genesisBytes, predecessor: old.ledger }),
        new RegExp(`/follows/${field} is not`),
      )
    }
    assert.equal(old.ledger.state.appHash, before)
    assert.equal(replayAll(old.twin(), old.blocks), undefined)
  })

  it('[GEN-6] is refused without its predecessor, with one it does not name, not after it, or with rows of its own', () => {
    const old = ended()
    const predecessor = old.ledger
    const genesisBytes = following(old)
    assert.throws(() => new Consortium({ genesisBytes }), /\/follows the ledger [0-9a-f]{64} is not at hand/)
    assert.throws(() => new Consortium({ predecessor }), /\/follows missing/)
    const early = following(old, { time: old.nowMs })
    assert.throws(() => new Consortium({ genesisBytes: early, predecessor }), /\/time is not after the last block/)
    const { app } = old.ledger.founded.genesis
    assert.throws(() => new Consortium({ genesisBytes: following(old, { app }), predecessor }), /\/app\/state is empty/)
  })

  it('[GEN-2] names its predecessor in full', () => {
    const decoded = decodeCanonical(following(ended()))
    assert.ok(decoded.ok)
    const genesis = decoded.value as { readonly follows: { readonly [field: string]: Json } }
    for (const field of ['chain', 'height', 'appHash', 'block']) {
      const { [field]: _left, ...rest } = genesis.follows
      const genesisBytes = encodeCanonicalBytes({ ...genesis, follows: rest } as Json)
      assert.throws(() => new Consortium({ genesisBytes }), new RegExp(`/follows/${field}`))
    }
  })
})
