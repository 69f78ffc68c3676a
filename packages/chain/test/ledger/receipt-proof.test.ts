import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { rootOf } from '@dujiang/core/crypto'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, signerOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import {
  Audit,
  type ReceiptProof,
  type Recorded,
  VERIFY_STEPS,
  type VerifyStep,
  readGenesis,
  signedAct,
  verifyReceipt,
  writeReceiptProof,
} from '../../src/index.ts'
import { around, flips } from '../support/flips.ts'
import { START_MS, TestLedger } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B', 'sm2')
const { sha256 } = nodeCrypto

/** The file of a receipt, under the newest header. */
function proofOf(test: TestLedger, { receipt, events }: Recorded, tx?: Uint8Array): ReceiptProof {
  const { ledger } = test
  const { head } = ledger
  if (head === undefined) throw new Error('there is no block')
  const act = tx === undefined ? undefined : signedAct(ledger.app, ledger.view(), tx)
  const { size } = head.receipts
  return {
    ...(act === undefined ? {} : { act }),
    chain: ledger.chain.id,
    commit: head.commit,
    events,
    header: head.header,
    path: ledger.receiptLog.inclusionProof(receipt.index, size),
    receipt,
    receipts: { root: rootOf(sha256, head.receipts), size },
    stateRoot: head.tree.root(),
  }
}

function chainWithReceipts(amount = 4) {
  const test = new TestLedger([a, b])
  const acts = [
    test.mix(b, 'T', amount, { ref: 'an act' }),
    test.mix(a, 'T', -1),
    test.act(a, 'alarm.set', { alarm: 'x', atMs: START_MS + 1_500, onRing: [] }),
  ]
  const { executed } = test.block(acts)
  const due = test.block([]).executed
  test.block([test.mix(a, 'T', 5)])
  test.block([])
  return { test, acts, recorded: [...executed.recorded, ...due.recorded] }
}

const { test, acts, recorded } = chainWithReceipts()
const founded = readGenesis(sha256, test.genesisBytes)
const verify = (file: Uint8Array) => verifyReceipt(nodeCrypto, founded, file)
const accepted = recorded.find(({ receipt }) => receipt.org === 'B')!
const refused = recorded.find(({ receipt }) => receipt.code !== 0)!
const rang = recorded.find(({ receipt }) => receipt.kind === 'due')!
const proof = proofOf(test, accepted, acts[0])
const file = writeReceiptProof(proof)

describe('receipt proof', () => {
  it('[PROOF-1] proves a receipt of each kind, with its events and the act as it was signed', () => {
    for (const [entry, tx] of [
      [accepted, acts[0]],
      [refused, acts[1]],
      [rang, undefined],
    ] as const) {
      for (const crypto of [nodeCrypto, nobleCrypto]) {
        const verified = verifyReceipt(crypto, founded, writeReceiptProof(proofOf(test, entry, tx)))
        assert.ok(verified.ok, JSON.stringify(verified))
        assert.deepEqual(verified.receipt, entry.receipt)
        assert.deepEqual(verified.events, entry.events)
        assert.equal(verified.act === undefined, tx === undefined)
        assert.deepEqual(
          verified.trusts.map(({ org }) => org),
          ['ENGINE'],
        )
      }
    }
  })

  it('[PROOF-1] refuses every changed byte, of the act’s signature too', () => {
    for (const [at, changed] of flips(file)) {
      assert.ok(!verify(changed).ok, `byte ${at} was not missed: ${around(changed, at)}`)
    }
  })

  it('[PROOF-1] is as good without the act, for a reader who may not see it', () => {
    const { act: _, ...withheld } = proof
    const verified = verify(writeReceiptProof(withheld))
    assert.ok(verified.ok)
    assert.equal(verified.act, undefined)
  })

  it('names the step that failed, in the order of the steps', () => {
    const other = new TestLedger([a, b], { name: 'other' })
    const elsewhere = { ...proof.header, chainId: 'dujiang-other' }
    const zero = new Uint8Array(32)
    const rows: readonly (readonly [VerifyStep, Partial<ReceiptProof>])[] = [
      ['chain', { chain: other.ledger.chain.id }],
      ['chain', { header: elsewhere }],
      ['act', { act: { ...proof.act!, sig: 'ab'.repeat(64) } }],
      ['act', { act: { ...proof.act!, body: { ...proof.act!.body, ref: 'another act' } } }],
      ['act', { act: { ...proof.act!, key: { ...proof.act!.key, scheme: 'ed25519' } } }],
      ['act', { act: signedAct(test.ledger.app, test.ledger.view(), acts[1]!)! }],
      ['events', { events: [] }],
      ['inclusion', { receipt: { ...proof.receipt, code: 7 } }],
      ['inclusion', { receipt: { ...proof.receipt, index: proof.receipt.index + 1 } }],
      ['inclusion', { path: proof.path.slice(1) }],
      ['appHash', { stateRoot: zero }],
      ['appHash', { header: { ...proof.header, height: proof.receipt.height } }],
      ['validators', { header: { ...proof.header, validatorsHash: zero } }],
      ['commit', { header: { ...proof.header, height: 99 } }],
      ['commit', { commit: { ...proof.commit, round: 1 } }],
    ]
    let last = 0
    for (const [step, change] of rows) {
      const verified = verify(writeReceiptProof({ ...proof, ...change }))
      assert.ok(!verified.ok)
      assert.equal(verified.step, step, `${JSON.stringify(Object.keys(change))}: ${verified.reason}`)
      assert.ok(VERIFY_STEPS.indexOf(step) >= last)
      last = VERIFY_STEPS.indexOf(step)
    }
    assert.deepEqual(verify(new Uint8Array(0)), { ok: false, step: 'form', reason: 'malformed at byte 0' })
  })

  it('[PROOF-1] refuses unknown fields and other forms', () => {
    const decoded = decodeCanonical(file)
    assert.ok(decoded.ok)
    const json = decoded.value as { readonly [field: string]: Json }
    for (const change of [{ more: 1 }, { kind: 'dujiang-state' }, { v: 2 }, { header: {} }, { commit: {} }]) {
      const verified = verify(encodeCanonicalBytes({ ...json, ...change }))
      assert.ok(!verified.ok && verified.step === 'form', JSON.stringify(change))
    }
  })

  it('[PROOF-2] holds under the genesis file of its own chain only', () => {
    const other = readGenesis(sha256, trivialGenesis([a, b], { name: 'another' }))
    const verified = verifyReceipt(nodeCrypto, other, file)
    assert.ok(!verified.ok && verified.step === 'chain')
  })

  it('[PROOF-8] does not take a header signed by anyone but the validators of the genesis file', () => {
    const impostor = new TestLedger([a, b], { signer: signerOf('impostor') })
    const tx = impostor.mix(a, 'T', 1)
    const { executed } = impostor.block([tx])
    impostor.block([])
    const forged = writeReceiptProof(proofOf(impostor, executed.recorded[0]!, tx))
    const verified = verifyReceipt(nodeCrypto, impostor.ledger.founded, forged)
    assert.ok(!verified.ok && verified.step === 'commit')
  })

  it('[AUDIT-2] an old receipt exposes a history rewritten and signed anew by the same validators', () => {
    const rewritten = chainWithReceipts(5).test
    const audit = new Audit(trivialApp(), nodeCrypto, test.genesisBytes)
    for (const line of rewritten.lines) assert.equal(audit.next(line), undefined, 'in itself the new history holds')
    const old = verify(file)
    assert.ok(old.ok, 'and so does the old receipt')
    assert.equal(audit.holds(old.receipt), false)

    const honest = new Audit(trivialApp(), nodeCrypto, test.genesisBytes)
    assert.equal(honest.holds(old.receipt), false, 'not yet')
    for (const line of test.lines) assert.equal(honest.next(line), undefined)
    for (const { receipt } of recorded) assert.ok(honest.holds(receipt))
  })
})
