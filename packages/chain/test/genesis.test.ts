import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Json, decodeCanonical, encodeCanonicalBytes } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { actorOf, signerOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import { Ledger, readGenesis } from '../src/index.ts'

const { sha256 } = nodeCrypto
const bytes = trivialGenesis([actorOf('A')])
const decoded = decodeCanonical(bytes)
if (!decoded.ok) throw new Error(decoded.reason)
const whole = decoded.value as { readonly [field: string]: Json }
const app = whole['app'] as { readonly [field: string]: Json }
const [validator] = whole['validators'] as readonly { readonly [field: string]: Json }[]

const read = (value: Json) => readGenesis(sha256, encodeCanonicalBytes(value))
const found = (value: Json) => new Ledger(trivialApp(), nodeCrypto, encodeCanonicalBytes(value))

describe('genesis', () => {
  it('[GEN-1] is a canonical file whose hash is the chain’s id', () => {
    const { chain, genesis } = readGenesis(sha256, bytes)
    assert.equal(chain, toHex(sha256(bytes)))
    assert.equal(genesis.domain, 'public')
    assert.throws(() => readGenesis(sha256, Uint8Array.from([...bytes, 10])), /trailingBytes/)
    assert.throws(() => readGenesis(sha256, new Uint8Array(0)), /genesis: malformed at byte 0/)
  })

  it('[GEN-1] founds another chain whatever is changed', () => {
    assert.notEqual(read({ ...whole, name: 'other' }).chain, read(whole).chain)
  })

  it('[GEN-2] refuses unknown and missing fields and values out of range, naming the place', () => {
    const wrong: readonly (readonly [Json, RegExp])[] = [
      [[], /genesis:/],
      [{ ...whole, more: 1 }, /\/more/],
      [{ ...whole, v: 2 }, /\/v/],
      [{ ...whole, time: -1 }, /\/time/],
      [{ ...whole, time: 253_402_300_800_000 }, /\/time/],
      [{ ...whole, domain: 'a b' }, /\/domain/],
      [{ ...whole, validators: [] }, /\/validators/],
      [{ ...whole, validators: [{ ...validator, power: 0 }] }, /\/validators\/0\/power/],
      [{ ...whole, validators: [{ ...validator, key: 'ab' }] }, /\/validators\/0\/key/],
      [{ ...whole, app: { ...app, version: 0 } }, /\/app\/version/],
    ]
    for (const [value, reason] of wrong) assert.throws(() => read(value), reason)
    for (const field of Object.keys(whole)) {
      const { [field]: _, ...rest } = whole
      assert.throws(() => read(rest), new RegExp(`/${field}`), field)
    }
  })

  it('[GEN-3] refuses a validator key named twice and one that can sign nothing', () => {
    assert.throws(() => read({ ...whole, validators: [validator!, { ...validator, name: 'second' }] }), /same key/)
    assert.throws(() => read({ ...whole, validators: [{ ...validator, key: '00'.repeat(32) }] }), /keyOfSmallOrder/)
    const other = toHex(signerOf('second').publicKey)
    assert.equal(
      read({ ...whole, validators: [validator!, { ...validator, key: other }] }).genesis.validators.length,
      2,
    )
  })

  it('[GEN-4] founds a ledger only for the Application and version it names, with a section that is one', () => {
    assert.equal(found(whole).tip.height, 0)
    assert.throws(() => found({ ...whole, app: { ...app, name: 'other' } }), /\/app\/name is other/)
    assert.throws(() => found({ ...whole, app: { ...app, version: 2 } }), /\/app\/version is 2/)
    assert.throws(() => found({ ...whole, app: { ...app, state: {} } }), /\/app\/state/)
  })

  it('[GEN-4] an Application that founds the chain’s own rows, or anything but rows, is refused', () => {
    const state = { kind: 'put', key: 'chain/quota/A', value: 1 } as const
    const event = { kind: 'event', name: 'founded', data: {} } as const
    for (const effect of [state, event]) {
      assert.throws(() => new Ledger({ ...trivialApp(), initialise: () => [effect] }, nodeCrypto, bytes), Error)
    }
  })

  it('[GEN-5] the first block follows it: height 1, a later time, no block before', () => {
    const ledger = found(whole)
    const { time } = ledger.founded.genesis
    assert.throws(() => ledger.decide([], time, new Uint8Array(20)), /TIME-1/)
    const { header } = ledger.decide([], time + 1, new Uint8Array(20)).block
    assert.equal(header.height, 1)
    assert.equal(header.lastBlockId.hash.length, 0)
    assert.deepEqual(header.appHash, ledger.tip.appHash)
  })
})
