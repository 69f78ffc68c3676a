import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fromHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Party } from '@dujiang/testing/light'
import { faultKey, trivialApp } from '@dujiang/testing/trivial'
import { addressOf, encodeEvidence, PRECOMMIT, timeFromMs } from '../../src/index.ts'
import { addressOfParty, Consortium, founders, replayAll } from '../support/consortium.ts'

const liar = founders[2] as Party

/** The proof that the liar voted for two blocks of a height. The ledger believes it: the engine and the block's signers have checked it. */
function doubleVote(height: number, timeMs: number): Uint8Array {
  const vote = (seed: number) => ({
    type: PRECOMMIT,
    height,
    round: 0,
    blockId: { hash: new Uint8Array(32).fill(seed), parts: { total: 1, hash: new Uint8Array(32).fill(seed) } },
    time: timeFromMs(timeMs),
    address: addressOf(nodeCrypto.sha256, liar.signer.publicKey),
    index: 2,
    signature: new Uint8Array(64).fill(seed),
    extension: new Uint8Array(0),
    extensionSignature: new Uint8Array(0),
  })
  return encodeEvidence({
    kind: 'duplicateVote',
    votes: [vote(1), vote(2)],
    power: 1,
    totalPower: 4,
    time: timeFromMs(timeMs),
  })
}

const receiptsOf = ({ executed }: ReturnType<Consortium['block']>) => executed.recorded.map(({ receipt }) => receipt)

describe('what the engine proves against validators', () => {
  it('[MISB-1] comes before what is due and before the acts of its block, with a receipt of its own', () => {
    const test = new Consortium()
    test.block({ txs: [test.act('alarm.set', { alarm: 'X', atMs: test.nowMs + 2_000, onRing: [] })] })
    const decided = test.block({
      txs: [test.mix(5)],
      timeMs: test.nowMs + 2_000,
      evidence: [doubleVote(1, test.nowMs)],
    })
    assert.deepEqual(
      receiptsOf(decided).map(({ act, kind, code, org }) => [act, kind, code, org]),
      [
        ['chain.misbehaviour', 'due', 0, undefined],
        ['alarm.ring', 'due', 0, undefined],
        ['tally.mix', 'act', 0, 'A'],
      ],
    )
    const address = addressOfParty(liar)
    assert.deepEqual(decided.executed.recorded[0]?.events, [
      { name: 'misbehaved', data: { kind: 'duplicateVote', address, height: 1 } },
    ])
    assert.equal(test.ledger.view().get(faultKey(address)), 1)
    const twin = test.twin()
    assert.equal(replayAll(twin, test.blocks), undefined)
    assert.deepEqual(twin.tip.appHash, test.ledger.tip.appHash)
  })

  it('[MISB-1] proofs of one fault in one block and in two each have a receipt with an id of its own', () => {
    const test = new Consortium()
    test.block()
    const proof = doubleVote(1, test.nowMs)
    const receipts = [
      ...receiptsOf(test.block({ evidence: [proof, proof] })),
      ...receiptsOf(test.block({ evidence: [proof] })),
    ]
    assert.equal(new Set(receipts.map(({ id }) => id)).size, 3)
    assert.equal(test.ledger.view().get(faultKey(addressOfParty(liar))), 3)
  })

  it('[MISB-1] changes nothing where the Application keeps no record of it', () => {
    const test = new Consortium({ app: trivialApp() })
    test.block({ txs: [test.mix(1)] })
    const { appHash } = test.ledger.tip
    const decided = test.block({ evidence: [doubleVote(1, test.nowMs)] })
    assert.equal(decided.executed.recorded.length, 0)
    assert.deepEqual(test.ledger.tip.appHash, appHash)
    assert.equal(replayAll(test.twin(), test.blocks), undefined)
  })

  it('[REPLAY-2] makes a block that needs the one before it where it leaves a receipt, and not where it leaves none', () => {
    const replayed = (test: Consortium): string | undefined => {
      test.block({ txs: [test.mix(1)] })
      for (let height = 2; height <= 4; height++) test.block()
      test.block({ evidence: [doubleVote(1, test.nowMs)] })
      const twin = test.twin()
      const fault = replayAll(twin, [test.at(1), test.at(5)])
      if (fault === undefined) assert.deepEqual(twin.tip, test.ledger.tip)
      return fault
    }
    assert.equal(replayed(new Consortium()), 'block 2 is missing, or one after it')
    assert.equal(replayed(new Consortium({ app: trivialApp() })), undefined)
  })

  it('[MISB-1] cannot be left out of a block, put into one or changed, since the header commits to it', () => {
    const test = new Consortium()
    test.block()
    const proof = doubleVote(1, test.nowMs)
    test.block({ evidence: [proof] })
    test.block()
    const replayed = (height: number, evidence?: readonly Uint8Array[]) => {
      const twin = test.twin()
      assert.equal(replayAll(twin, test.blocks.slice(0, height - 1)), undefined)
      const { header, txs, commit } = test.at(height)
      const decided = twin.replay({ header, txs, commit, ...(evidence && { evidence }) })
      return typeof decided === 'string' ? decided : undefined
    }
    assert.equal(replayed(2, [proof]), undefined)
    assert.equal(replayed(2), 'header.evidenceHash differs')
    assert.equal(replayed(2, [doubleVote(2, test.nowMs)]), 'header.evidenceHash differs')
    assert.equal(replayed(3, [proof]), 'header.evidenceHash differs')
    assert.match(String(replayed(2, [fromHex('ff')])), /^evidence: /)
  })
})
