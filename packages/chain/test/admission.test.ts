import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, bodyOf, keyRowOf, signerOf, tallyOf } from '@dujiang/testing/trivial'
import {
  ADMISSION,
  type AdmissionName,
  type Body,
  LIFETIME_MS_MAX,
  type Understood,
  admit,
  isInadmissible,
  signBody,
} from '../src/index.ts'
import { START_MS, TestLedger, codesOf } from './support/test-ledger.ts'

const a = actorOf('A')
const b = actorOf('B', 'sm2')
const muted = actorOf('M')
const BLOCK_MS = START_MS + 1_000

/** What the door says, and what a block says: never two answers. */
function verdicts(test: TestLedger, tx: Uint8Array, timeMs = BLOCK_MS): readonly [door: string, block: number] {
  const { ledger } = test
  const seen = (id: string, expires: number) => ledger.state.seen.has(id, expires)
  const understood = ledger.understand(tx)
  const outcome = isInadmissible(understood)
    ? understood
    : admit(ledger.app, nodeCrypto, ledger.view(timeMs), seen, understood)
  const [result] = test.decide([tx], timeMs).executed.results
  if (result === undefined) throw new Error('no result')
  if (isInadmissible(outcome)) assert.equal(result.data.length, 0, 'what is not admitted leaves no receipt')
  return [isInadmissible(outcome) ? outcome.name : 'admitted', result.code]
}

function founded(): TestLedger {
  const keys = [keyRowOf(a, BLOCK_MS, BLOCK_MS + 10_000), keyRowOf(b), keyRowOf(muted)]
  const test = new TestLedger([], { keys })
  return test
}

describe('admission', () => {
  it('[ADM-8] gives each refusal in its order, at the door and in a block alike', () => {
    const test = founded()
    const first = test.block([test.act(b, 'org.mute', { org: 'M', muted: true }), test.mix(b, 'T', 1)], START_MS + 500)
    assert.deepEqual(codesOf(first), [0, 0])
    const executed = bodyOf(b, {
      act: 'tally.mix',
      chain: test.ledger.chain.id,
      sequence: 2,
      expires: START_MS + 60_000,
      payload: { tally: 'T', amount: 1 },
    })

    // Each row repairs one more mistake of the row above it.
    let body: Body = {
      ...executed,
      act: 'tally.nothing',
      chain: '00'.repeat(32),
      domain: 'other',
      expires: BLOCK_MS,
      key: 'ff'.repeat(16),
      org: 'M',
      payload: { tally: 'T' },
      sequence: 3,
    }
    let signer = signerOf('somebody')
    const rows: readonly (readonly [AdmissionName | 'admitted', Partial<Body>])[] = [
      ['wrongChain', {}],
      ['wrongDomain', { chain: test.ledger.chain.id }],
      ['unknownAct', { domain: 'public' }],
      ['wrongShape', { act: 'tally.mix' }],
      ['expired', { payload: { tally: 'T', amount: 1 } }],
      ['lifetimeTooLong', { expires: BLOCK_MS + LIFETIME_MS_MAX + 1 }],
      ['unknownKey', { expires: BLOCK_MS + LIFETIME_MS_MAX }],
      ['badSignature', { key: muted.keyId }],
    ]
    for (const [name, repair] of rows) {
      body = { ...body, ...repair }
      assert.deepEqual(verdicts(test, signBody(signer, body)), [name, ADMISSION[name as AdmissionName]])
    }
    signer = muted.signer
    assert.deepEqual(verdicts(test, signBody(signer, body)), ['notPermitted', ADMISSION.notPermitted])
    assert.deepEqual(verdicts(test, signBody(b.signer, { ...body, org: 'B', key: b.keyId })), ['admitted', 0])
    assert.deepEqual(verdicts(test, signBody(b.signer, executed)), ['repeated', ADMISSION.repeated])
  })

  it('[ENV-1] [ENV-2] refuses what is too large or no canonical JSON at the door and in a block alike', () => {
    const test = founded()
    assert.deepEqual(verdicts(test, new Uint8Array(65_537)), ['tooLarge', ADMISSION.tooLarge])
    assert.deepEqual(verdicts(test, Uint8Array.of(123)), ['malformed', ADMISSION.malformed])
  })

  it('[ADM-1] executes an act in a block a millisecond before its expiry, and not at it', () => {
    const test = founded()
    const tx = test.mix(b, 'T', 1, { expires: BLOCK_MS })
    assert.deepEqual(verdicts(test, tx, BLOCK_MS - 1), ['admitted', 0])
    assert.deepEqual(verdicts(test, tx, BLOCK_MS), ['expired', ADMISSION.expired])
  })

  it('[ADM-5] lets a key sign from its first instant to just before its end', () => {
    const test = founded()
    const tx = test.mix(a, 'T', 1)
    assert.deepEqual(verdicts(test, tx, BLOCK_MS - 1), ['keyNotLive', ADMISSION.keyNotLive])
    assert.deepEqual(verdicts(test, tx, BLOCK_MS), ['admitted', 0])
    assert.deepEqual(verdicts(test, tx, BLOCK_MS + 9_999), ['admitted', 0])
    assert.deepEqual(verdicts(test, tx, BLOCK_MS + 10_000), ['keyNotLive', ADMISSION.keyNotLive])
  })

  it('[ADM-6] refuses any changed bit of a signature', () => {
    const test = founded()
    const tx = test.mix(b, 'T', 1)
    const at = tx.length - 3
    for (const digit of '0123456789abcdef') {
      const changed = Uint8Array.from(tx)
      changed[at] = digit.charCodeAt(0)
      const expected = changed[at] === tx[at] ? ['admitted', 0] : ['badSignature', ADMISSION.badSignature]
      assert.deepEqual(verdicts(test, changed), expected)
    }
  })

  it('[ADM-8] judges by the state before the block: what the block itself changes counts from the next one', () => {
    const test = founded()
    const fresh = signerOf('fresh')
    const { org: _, id, ...key } = keyRowOf({ ...b, signer: fresh, keyId: 'cd'.repeat(16) })
    const add = test.act(b, 'key.put', { id, key })
    const withNew = (): Uint8Array => {
      const unsigned = { act: 'tally.mix', chain: test.ledger.chain.id, sequence: 9, expires: test.nowMs + 50_000 }
      return signBody(fresh, { ...bodyOf(b, { ...unsigned, payload: { tally: 'T', amount: 1 } }), key: id })
    }
    assert.deepEqual(codesOf(test.block([add, withNew()])), [0, ADMISSION.unknownKey])
    assert.deepEqual(codesOf(test.block([withNew()])), [0])

    const mute = test.act(b, 'org.mute', { org: 'M', muted: true }, { sequence: 20 })
    assert.deepEqual(codesOf(test.block([test.mix(muted, 'T', 1), mute])), [0, 0])
    assert.deepEqual(codesOf(test.block([test.mix(muted, 'T', 1)])), [ADMISSION.notPermitted])
  })

  it('[ADM-8] still executes an act whose key is ended by a registry act of the same block, and none after', () => {
    const test = founded()
    const { org: _, id, ...key } = keyRowOf(b)
    const end = test.act(b, 'key.put', { id, key: { ...key, untilMs: 1 } })
    assert.deepEqual(codesOf(test.block([test.mix(b, 'T', 1), end])), [0, 0])
    assert.deepEqual(codesOf(test.block([test.mix(b, 'T', 1)])), [ADMISSION.keyNotLive])
  })

  it('[ADM-9] comes to the same outcome whatever it is told to remember', () => {
    const test = founded()
    const good = test.mix(b, 'T', 1)
    const forged = signBody(signerOf('somebody'), bodyOf(b, mixBody(test, 7)))
    const other = test.mix(muted, 'T', 3)
    const txs = [good, forged, other, Uint8Array.of(1)]
    const plain = test.decide(txs, BLOCK_MS)
    assert.deepEqual(codesOf(plain), [0, ADMISSION.badSignature, 0, ADMISSION.malformed])

    const known = (tx: Uint8Array, verifiedUnder?: string): Understood => {
      const understood = test.ledger.understand(tx)
      if (isInadmissible(understood)) throw new Error(understood.name)
      return verifiedUnder === undefined ? understood : { ...understood, verifiedUnder }
    }
    const lies: readonly (readonly (Understood | undefined)[])[] = [
      [undefined, undefined, undefined, undefined],
      [known(good), known(forged), known(other)],
      // Found good under another key than the state names.
      [known(good, toHex(a.signer.publicKey)), known(forged, toHex(signerOf('somebody').publicKey)), undefined],
      // Right in themselves, but about other bytes.
      [known(other), known(good, toHex(b.signer.publicKey)), known(good), known(good)],
    ]
    for (const understood of lies) {
      const decided = test.decide(txs, BLOCK_MS, understood)
      assert.deepEqual(decided.executed.results, plain.executed.results)
      assert.deepEqual(decided.executed.appHash, plain.executed.appHash)
    }
  })

  it('[EXEC-5] leaves no receipt, no id and no state of what is not admitted', () => {
    const test = founded()
    const before = test.ledger.tip.appHash
    const decided = test.block([test.mix(a, 'T', 1, { expires: START_MS }), new Uint8Array(70_000), Uint8Array.of(1)])
    assert.deepEqual(codesOf(decided), [ADMISSION.expired, ADMISSION.tooLarge, ADMISSION.malformed])
    assert.ok(decided.executed.results.every(({ data }) => data.length === 0))
    assert.equal(decided.executed.recorded.length, 0)
    assert.deepEqual(decided.executed.newIds, [])
    assert.equal(decided.executed.writes.size, 0)
    assert.deepEqual(test.ledger.tip.appHash, before)
    assert.equal(tallyOf(test.ledger.view(), 'T'), 0)
  })
})

function mixBody(test: TestLedger, sequence: number) {
  const chain = test.ledger.chain.id
  return { act: 'tally.mix', chain, sequence, expires: test.nowMs + 50_000, payload: { tally: 'T', amount: 2 } }
}
