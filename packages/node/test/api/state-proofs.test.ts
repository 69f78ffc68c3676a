import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Refused } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { exchange, seller, withRig } from './rig.ts'

const named = (name: string) => ({ sequence: name, name })

describe('proofs of rows', () => {
  it('[API-19] show a row, or that there is none, to whoever has the genesis file alone', () =>
    withRig({}, async (rig) => {
      const genesis = rig.market.genesisBytes
      const client = rig.client()
      await rig.must(exchange, 'auction.sequence.open', named('Q'))
      const key = 'auction/sequence/Q'
      assert.equal(await client.proveState(key), undefined)
      await rig.pass(1_000)
      const file = (await client.proveState(key)) as Uint8Array
      const verified = client.verifyState(file, key, genesis, nodeCrypto)
      assert.ok(verified.ok)
      assert.deepEqual(verified.value, await client.row(key))
      const ofAnother = client.verifyState(file, 'auction/sequence/R', genesis, nodeCrypto)
      assert.ok(!ofAnother.ok && ofAnother.step === 'form')
      const changed = new TextEncoder().encode(new TextDecoder().decode(file).replace('"name":"Q"', '"name":"P"'))
      assert.equal(client.verifyState(changed, key, genesis, nodeCrypto).ok, false)

      const absence = (await client.proveState('auction/sequence/R')) as Uint8Array
      const none = client.verifyState(absence, 'auction/sequence/R', genesis, nodeCrypto)
      assert.ok(none.ok && none.value === undefined)
    }))

  it('[API-19] wait for the next header where the row has just changed', () =>
    withRig({ nodeOptions: { limits: { proofDelayMs: 1_000 } } }, async (rig) => {
      await rig.must(exchange, 'auction.sequence.open', named('Q'))
      const early = await rig.get('/v1/state-proofs/auction/sequence/Q')
      assert.deepEqual([early.status, early.json.error.name], [409, 'rowNotYetProvable'])
      assert.equal(early.headers.get('retry-after'), '1')
      await rig.pass(1_000)
      assert.equal((await rig.get('/v1/state-proofs/auction/sequence/Q')).status, 200)
    }))

  it('[API-19] are not given while a book is open, to nobody, for they carry hashes of other rows', () =>
    withRig({}, async (rig) => {
      const gateMs = await rig.openSession()
      const bid = await rig.node.submit(rig.order(seller))
      assert.equal(bid.kind, 'committed')
      await rig.pass(1_000)
      const own = '/v1/state-proofs/auction/book/S1/GENA.1'
      for (const [target, status, name] of [
        ['/v1/state-proofs/auction/session/S1', 409, 'stateSealed'],
        ['/v1/state-proofs/auction/session/nothing', 409, 'stateSealed'],
        [own, 404, 'rowUnknown'],
        ['/v1/state-proofs/auction/book/S1/USRB.1', 404, 'rowUnknown'],
      ] as const) {
        const answer = await rig.get(target)
        assert.deepEqual([answer.status, answer.json.error.name], [status, name], target)
      }
      assert.equal((await rig.signed(seller, own)).json.error.name, 'stateSealed')
      await assert.rejects(rig.client().proveState('auction/session/S1'), Refused)

      await rig.pass(gateMs - rig.clock.nowMs() + 1_000)
      const client = rig.client()
      const file = (await client.proveState('auction/book/S1/GENA.1')) as Uint8Array
      const verified = client.verifyState(file, 'auction/book/S1/GENA.1', rig.market.genesisBytes, nodeCrypto)
      assert.ok(verified.ok && verified.value !== undefined)
      // What only the chain itself reads is proved to nobody, there or not.
      for (const key of ['chain/quota/1', 'chain/seen/1']) {
        assert.equal((await rig.get(`/v1/state-proofs/${key}`)).status, 404)
      }
    }))
})
