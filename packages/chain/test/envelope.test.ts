import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, bodyOf } from '@dujiang/testing/trivial'
import { type Body, type Envelope, TX_BYTES_MAX, idOf, isInadmissible, readEnvelope, signBody } from '../src/index.ts'

const { sha256 } = nodeCrypto
const text = new TextEncoder()
const actor = actorOf('A', 'sm2')
const payload = { tally: 'T', amount: 1 }
const body: Body = bodyOf(actor, { act: 'tally.mix', chain: 'ab'.repeat(32), sequence: 1, expires: 5_000, payload })
const tx = signBody(actor.signer, body)

function nameOf(bytes: Uint8Array): string {
  const outcome = readEnvelope(sha256, bytes)
  return isInadmissible(outcome) ? outcome.name : 'an envelope'
}

const withBody = (change: object): Uint8Array => signBody(actor.signer, { ...body, ...change } as Body)

describe('envelope', () => {
  it('[ENV-1] takes 65 536 bytes and refuses one more before looking at them', () => {
    assert.equal(nameOf(new Uint8Array(TX_BYTES_MAX)), 'malformed')
    assert.equal(nameOf(new Uint8Array(TX_BYTES_MAX + 1)), 'tooLarge')
  })

  it('[ENV-2] refuses bytes that are not the canonical JSON they stand for', () => {
    const written = new TextDecoder().decode(tx)
    assert.equal(nameOf(new Uint8Array(0)), 'malformed')
    assert.equal(nameOf(Uint8Array.of(0xff, 0xfe)), 'malformed')
    assert.equal(nameOf(text.encode(`${written}\n`)), 'malformed')
    assert.equal(nameOf(text.encode(written.replace(':1,', ': 1,'))), 'malformed')
    assert.equal(nameOf(text.encode(written.replace('"v":1', '"v":1.0'))), 'malformed')
  })

  it('[ENV-3] refuses a field missing, unknown, or of another shape', () => {
    const { ref: _, ...withoutRef } = body
    const sig = 'ab'.repeat(64)
    const read = (value: unknown) => nameOf(encodeCanonicalBytes(value as never))
    assert.equal(read({ body: withoutRef, sig }), 'wrongShape')
    assert.equal(read({ body: { ...body, more: 1 }, sig }), 'wrongShape')
    assert.equal(read({ body, more: 1, sig }), 'wrongShape')
    assert.equal(read({ body, sig: sig.slice(2) }), 'wrongShape')
    assert.equal(read({ body }), 'wrongShape')
    assert.equal(read([]), 'wrongShape')
    for (const change of [
      { sequence: 0 },
      { v: 0 },
      { expires: -1 },
      { org: 'a b' },
      { key: 'ab' },
      { chain: 'ab' },
      { payload: [] },
      { ref: 'x'.repeat(65) },
    ]) {
      assert.equal(nameOf(withBody(change)), 'wrongShape', JSON.stringify(change))
    }
  })

  it('[ENV-4] signs a tag and the body as received, and names the act by their hash alone', () => {
    const again = signBody(actor.signer, body)
    assert.notDeepEqual(again, tx, 'SM2 signatures are randomised')
    const [first, second] = [readEnvelope(sha256, tx), readEnvelope(sha256, again)] as [Envelope, Envelope]
    assert.equal(first.id, second.id)
    assert.equal(first.id, idOf(sha256, body))
    assert.deepEqual(
      first.signedBytes,
      Uint8Array.from([...text.encode('dujiang/act/1\n'), ...encodeCanonicalBytes(body as never)]),
    )
    assert.ok(nodeCrypto.verify('sm2', actor.signer.publicKey, first.signedBytes, first.signature))
  })

  it('[ENV-4] gives every other body another id', () => {
    for (const change of [{ sequence: 2 }, { ref: 'x' }, { expires: 5_001 }, { payload: { tally: 'T', amount: 2 } }]) {
      assert.notEqual(idOf(sha256, { ...body, ...change }), idOf(sha256, body))
    }
  })
})
