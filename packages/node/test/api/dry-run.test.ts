import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Person } from '@dujiang/testing/market-fixture'
import { orderOf } from '@dujiang/testing/market-session'
import { type Answered, type ApiRig, buyer, dispatcher, exchange, exchangeOther, seller, withRig } from './rig.ts'

const TARGET = '/v1/acts/dry-run'

async function asked(rig: ApiRig, body: unknown, by?: Person): Promise<Answered> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (by !== undefined) headers['authorization'] = rig.authorization(by, TARGET, { method: 'POST' })
  const sent = body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body)
  const response = await fetch(rig.api.url + TARGET, { method: 'POST', headers, body: sent })
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: JSON.parse(text), text }
}

const wantedOf = (by: Person, act: string, payload: unknown, over = {}) => ({
  body: { act, v: 1, org: by.org, key: by.key, payload, ...over },
})
const order = (unit: string, side: 'sell' | 'buy', ticks = 30_000) =>
  orderOf('S1', unit, side, [[ticks * 1_000, 5_000_000]])
/** An order is called by the id of its act, which depends on what was left out. */
const withoutIds = (answer: object): unknown =>
  JSON.parse(JSON.stringify({ ...answer, time: 0 }).replaceAll(/"order":"[0-9a-f]{64}"/g, '"order":""'))

describe('dry run', () => {
  it('[API-24] says what the receipt then says, accepted or declined, signed or not', () =>
    withRig({}, async (rig) => {
      await rig.openSession()
      const acts: readonly (readonly [Person, string, unknown])[] = [
        [exchange, 'auction.sequence.open', { sequence: 'NEW', name: 'n' }],
        [exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' }],
        [seller, 'auction.order.submit', order(seller.unit, 'sell')],
        [seller, 'auction.order.submit', order(seller.unit, 'sell')],
        [seller, 'auction.order.cancel', { session: 'S1', unit: seller.unit }],
        [buyer, 'auction.order.submit', order(buyer.unit, 'buy', 900_000)],
        [buyer, 'auction.order.submit', order(seller.unit, 'sell')],
        [exchange, 'auction.check.pass', { session: 'S1' }],
        [dispatcher, 'auction.sequence.open', { sequence: 'X', name: 'n' }],
      ]
      const seen = new Set<string>()
      for (const [by, act, payload] of acts) {
        const bytes = rig.market.act(by, act, payload)
        const unsigned = await asked(rig, wantedOf(by, act, payload), by)
        const signed = await asked(rig, bytes)
        const sent = await rig.post('/v1/acts', bytes)
        seen.add(String(unsigned.json.state ?? unsigned.status))
        assert.equal(unsigned.status, sent.status)
        assert.deepEqual(withoutIds(signed.json), withoutIds(unsigned.json))
        if (sent.status !== 200) {
          assert.equal(unsigned.json.error.name, sent.json.error.name)
          continue
        }
        const { receipt, events, sentence } = sent.json
        assert.equal(signed.json.state, receipt.code === 0 ? 'wouldAccept' : 'wouldRefuse')
        assert.deepEqual(signed.json.events ?? [], events)
        assert.deepEqual(signed.json.refusal, receipt.refusal)
        assert.deepEqual(signed.json.sentence, sentence)
      }
      assert.deepEqual([...seen].sort(), ['400', '403', 'wouldAccept', 'wouldRefuse'])
    }))

  it('[API-24] changes nothing, and needs neither sequence nor expiry nor reference', () =>
    withRig({}, async (rig) => {
      await rig.openSession()
      const before = rig.node.status()
      const bytes = rig.order(seller)
      for (let i = 0; i < 3; i++) assert.equal((await asked(rig, bytes)).json.state, 'wouldAccept')
      const wanted = wantedOf(seller, 'auction.order.submit', order(seller.unit, 'sell'))
      for (let i = 0; i < 3; i++) assert.equal((await asked(rig, wanted, seller)).json.state, 'wouldAccept')
      await rig.pass(1_000)
      assert.deepEqual(rig.node.status(), before)
      assert.equal((await rig.post('/v1/acts', bytes)).json.repeated, false)
    }))

  it('[API-24] is for whoever could send the act: its organisation, or who has it signed', () =>
    withRig({}, async (rig) => {
      await rig.openSession()
      const wanted = wantedOf(seller, 'auction.order.submit', order(seller.unit, 'sell'))
      for (const by of [undefined, buyer, exchange]) {
        const { status, json } = await asked(rig, wanted, by)
        assert.deepEqual([status, json.error.name], [403, 'onlyItself'])
      }
      // The signer of the query and of the act may be two persons of one organisation.
      const open = wantedOf(exchangeOther, 'auction.sequence.open', { sequence: 'B', name: 'n' })
      assert.equal((await asked(rig, open, exchange)).json.state, 'wouldAccept')
      const bytes = new TextDecoder().decode(rig.order(seller))
      const forged = bytes.replace(/"sig":"../, '"sig":"00')
      const { status, json } = await asked(rig, Buffer.from(forged), buyer)
      assert.deepEqual([status, json.error.name], [401, 'badSignature'])
    }))

  it('[API-24] names what is no act of this ledger as sending it does', () =>
    withRig({}, async (rig) => {
      const sound = { sequence: 'B', name: 'n' }
      const open = (over: object, payload: unknown = sound) =>
        wantedOf(exchange, 'auction.sequence.open', payload, over)
      const cases: readonly (readonly [unknown, number, string])[] = [
        [[], 400, 'wrongShape'],
        ['x', 400, 'wrongShape'],
        [{}, 400, 'wrongShape'],
        [{ body: { org: 'SCPX' } }, 400, 'wrongShape'],
        [{ body: { ...open({}).body, more: 1 } }, 400, 'wrongShape'],
        [open({ act: 'none' }), 400, 'unknownAct'],
        [open({ v: 1.5 }), 400, 'malformed'],
        [open({}, { sequence: 'B' }), 400, 'wrongShape'],
        [open({ chain: '0'.repeat(64) }), 400, 'wrongChain'],
        [open({ key: '0'.repeat(32) }), 401, 'unknownKey'],
        [open({ expires: 1 }), 410, 'expired'],
      ]
      for (const [body, status, name] of cases) {
        const answer = await asked(rig, body, exchange)
        assert.deepEqual([answer.status, answer.json.error?.name], [status, name], JSON.stringify(body))
      }
      const none = await rig.post(TARGET, 'rubbish')
      assert.deepEqual([none.status, none.json.error.name], [400, 'malformed'])
    }))
})
