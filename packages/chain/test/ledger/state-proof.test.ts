import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, orgKeyKey, tallyKey, trivialGenesis } from '@dujiang/testing/trivial'
import {
  type StateProof,
  type VerifyStep,
  proveState,
  readGenesis,
  verifyState,
  writeStateProof,
} from '../../src/index.ts'
import { around, flips } from '../support/flips.ts'
import { TestLedger } from '../support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B', 'sm2')

function someState(): TestLedger {
  const test = new TestLedger([a, b])
  test.block([test.mix(a, 'T', 4), test.mix(b, 'U', 5), test.act(b, 'org.mute', { org: 'A', muted: true })])
  test.block([])
  return test
}

const test = someState()
const founded = readGenesis(nodeCrypto.sha256, test.genesisBytes)
const verify = (file: Uint8Array) => verifyState(nodeCrypto, founded, file)

function proven(key: string, from = test): StateProof {
  const proof = proveState(from.ledger, key)
  if (proof === undefined) throw new Error(`${key} is not provable yet`)
  return proof
}

describe('state proof', () => {
  it('[PROOF-5] proves what a row says, whatever kind of value it is, and that there is no such row', () => {
    const rows = [tallyKey('T'), 'trivial/muted/A', orgKeyKey('B', b.keyId), 'trivial/muted/B', tallyKey('V'), '']
    for (const key of rows) {
      for (const crypto of [nodeCrypto, nobleCrypto]) {
        const verified = verifyState(crypto, founded, writeStateProof(proven(key)))
        assert.ok(verified.ok, JSON.stringify(verified))
        assert.equal(verified.key, key)
        assert.deepEqual(verified.value, test.ledger.view().get(key))
        assert.equal(verified.height, 2)
      }
    }
  })

  it('[PROOF-5] refuses every changed byte; only a proof of absence may become one of another absent key', () => {
    for (const key of [tallyKey('T'), 'trivial/muted/B']) {
      const file = writeStateProof(proven(key))
      for (const [at, changed] of flips(file)) {
        const verified = verify(changed)
        if (!verified.ok) continue
        assert.notEqual(verified.key, key, `byte ${at} was not missed: ${around(changed, at)}`)
        assert.equal(verified.value, undefined)
        assert.equal(test.ledger.view().get(verified.key), undefined)
      }
    }
  })

  it('[PROOF-5] proves neither another value, nor the absence of a row that is there', () => {
    const proof = proven(tallyKey('T'))
    const { value: _, ...withoutValue } = proof
    const absent = proven(tallyKey('V'))
    const lies: readonly StateProof[] = [
      { ...proof, value: 5 },
      withoutValue,
      { ...proof, key: tallyKey('U') },
      { ...absent, value: 1 },
      { ...absent, key: tallyKey('T') },
      { ...proof, state: { ...proof.state, count: proof.state.count + 1 } },
    ]
    for (const lie of lies) {
      const verified = verify(writeStateProof(lie))
      assert.ok(!verified.ok && verified.step === 'inclusion')
    }
  })

  it('names the step that failed', () => {
    const proof = proven(tallyKey('T'))
    const rows: readonly (readonly [VerifyStep, Partial<StateProof>])[] = [
      ['chain', { chain: '00'.repeat(32) }],
      ['appHash', { receipts: { ...proof.receipts, size: 7 } }],
      ['commit', { commit: { ...proof.commit, round: 1 } }],
    ]
    for (const [step, change] of rows) {
      const verified = verify(writeStateProof({ ...proof, ...change }))
      assert.ok(!verified.ok && verified.step === step)
    }
    const other = readGenesis(nodeCrypto.sha256, trivialGenesis([a, b], { name: 'another' }))
    const elsewhere = verifyState(nodeCrypto, other, writeStateProof(proof))
    assert.ok(!elsewhere.ok && elsewhere.step === 'chain')
    for (const text of ['', '[]', '{}']) {
      const verified = verify(new TextEncoder().encode(text))
      assert.ok(!verified.ok && verified.step === 'form')
    }
  })

  it('[PROVE-1] a row is provable once a header stands above its change, and others stay so meanwhile', () => {
    const busy = new TestLedger([a, b])
    assert.equal(proveState(busy.ledger, tallyKey('T')), undefined)
    busy.block([busy.mix(a, 'T', 1)])
    assert.equal(proveState(busy.ledger, tallyKey('T')), undefined)
    assert.notEqual(proveState(busy.ledger, tallyKey('U')), undefined)
    busy.block([busy.mix(a, 'U', 1)])
    const verified = verifyState(nodeCrypto, busy.ledger.founded, writeStateProof(proven(tallyKey('T'), busy)))
    assert.ok(verified.ok && verified.value === 1)
    assert.equal(proveState(busy.ledger, tallyKey('U')), undefined)
  })
})
