import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readGenesis, verifyReceipt } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { speak } from '../../src/api/answer.ts'
import { keyOf, personOf } from '@dujiang/testing/market-fixture'
import { type ApiRig, type RigOptions, dispatcher, exchange, withAnswers, withRig } from './rig.ts'

const open = (rig: ApiRig, over = {}, by = exchange) =>
  rig.market.act(by, 'auction.sequence.open', { sequence: 'Q', name: 'n' }, over)

/** Each row: what is sent, and the status and name it is answered with. */
const refused: readonly {
  readonly name: string
  readonly status: number
  readonly options?: RigOptions
  readonly send: (rig: ApiRig) => Promise<{ status: number; json: any; headers: Headers }>
  readonly facts?: object
}[] = [
  {
    name: 'malformed',
    status: 400,
    send: (rig) => rig.post('/v1/acts', '{"a": 1}'),
    facts: { reason: 'notCanonical', at: 5 },
  },
  { name: 'malformed', status: 400, send: (rig) => rig.post('/v1/acts', '') },
  {
    name: 'wrongShape',
    status: 400,
    send: (rig) => rig.post('/v1/acts', '{"sig":""}'),
    facts: { path: '/body', rule: 'missing' },
  },
  {
    name: 'wrongShape',
    status: 400,
    send: (rig) => rig.post('/v1/acts', rig.market.act(exchange, 'auction.sequence.open', { sequence: 'Q', name: 7 })),
    facts: { path: '/body/payload/name', rule: 'wrongType', expected: 'string' },
  },
  { name: 'wrongChain', status: 400, send: (rig) => rig.post('/v1/acts', open(rig, { chain: '0'.repeat(64) })) },
  { name: 'wrongDomain', status: 400, send: (rig) => rig.post('/v1/acts', open(rig, { domain: 'other' })) },
  {
    name: 'unknownAct',
    status: 400,
    send: (rig) => rig.post('/v1/acts', open(rig, { v: 9 })),
    facts: { act: 'auction.sequence.open', version: 9 },
  },
  {
    name: 'lifetimeTooLong',
    status: 400,
    send: (rig) => rig.post('/v1/acts', open(rig, { expires: 2_000_000_000_000 })),
  },
  { name: 'unknownKey', status: 401, send: (rig) => rig.post('/v1/acts', open(rig, {}, personOf('SCPX', 'nobody'))) },
  {
    name: 'badSignature',
    status: 401,
    send: (rig) => rig.post('/v1/acts', open(rig, {}, { ...exchange, signer: dispatcher.signer })),
  },
  { name: 'notPermitted', status: 403, send: (rig) => rig.post('/v1/acts', open(rig, {}, dispatcher)) },
  { name: 'expired', status: 410, send: (rig) => rig.post('/v1/acts', open(rig, { expires: rig.clock.nowMs() - 1 })) },
  {
    name: 'bodyTooLarge',
    status: 413,
    send: (rig) => rig.post('/v1/acts', 'x'.repeat(65_537)),
    facts: { bytesMax: 65_536 },
  },
  { name: 'mediaTypeUnknown', status: 415, send: (rig) => rig.post('/v1/acts', '{}', 'text/plain') },
  { name: 'mediaTypeUnknown', status: 415, send: (rig) => rig.post('/v1/acts', '{}', 'application/x-ndjson') },
  {
    name: 'unknownField',
    status: 400,
    send: (rig) => rig.post('/v1/acts?wiat=accepted', '{}'),
    facts: { field: 'wiat', allowed: 'wait' },
  },
  { name: 'badValue', status: 400, send: (rig) => rig.post('/v1/acts?wait=forever', '{}') },
  {
    name: 'badValue',
    status: 400,
    send: (rig) => rig.get('/v1/receipts?limit=1&limit=1'),
    facts: { field: 'limit', rule: 'givenTwice' },
  },
  {
    name: 'badValue',
    status: 400,
    send: (rig) => rig.get('/v1/receipts?limit=1001'),
    facts: { field: 'limit', rule: 'aboveMaximum', limit: 1_000 },
  },
  { name: 'badValue', status: 400, send: (rig) => rig.get('/v1/receipts?after=01') },
  { name: 'badValue', status: 400, send: (rig) => rig.get('/v1/receipts/xyz') },
  { name: 'badValue', status: 400, send: (rig) => rig.get('/v1/blocks/0') },
  { name: 'receiptUnknown', status: 404, send: (rig) => rig.get(`/v1/receipts/${'0'.repeat(64)}`) },
  { name: 'receiptUnknown', status: 404, send: (rig) => rig.get(`/v1/receipts/${'0'.repeat(64)}/proof`) },
  { name: 'blockUnknown', status: 404, send: (rig) => rig.get('/v1/blocks/1000000') },
  { name: 'rowUnknown', status: 404, send: (rig) => rig.get('/v1/state/auction/session/S9') },
  { name: 'routeUnknown', status: 404, send: (rig) => rig.get('/v2/acts') },
  {
    name: 'methodNotAllowed',
    status: 405,
    send: (rig) => rig.post('/v1/status?x=1', '{}'),
    facts: { method: 'POST', path: '/v1/status?x=1', allowed: 'GET' },
  },
  {
    name: 'badValue',
    status: 400,
    send: (rig) => rig.get('/v1/stream?after=0'),
    facts: { field: 'after', rule: 'aboveMaximum', limit: -1 },
  },
  {
    name: 'badValue',
    status: 400,
    send: (rig) => rig.get('/v1/stream', { 'last-event-id': '7' }),
    facts: { field: 'last-event-id', rule: 'aboveMaximum', limit: -1 },
  },
  { name: 'badRequest', status: 400, send: (rig) => rig.get('/v1/receipts/%zz') },
  {
    name: 'queueFull',
    status: 429,
    options: { nodeOptions: { limits: { queueActsMax: 0 } } },
    send: (rig) => rig.post('/v1/acts', open(rig)),
  },
  {
    name: 'keyNotLive',
    status: 401,
    async send(rig) {
      const late = personOf('LATE', 'a')
      const keys = [keyOf(late, 3_000_000_000_000)]
      await rig.must(exchange, 'members.org.admit', { org: 'LATE', name: 'n', roles: ['user'], keys })
      return rig.post('/v1/acts', open(rig, {}, late))
    },
  },
  {
    name: 'overQuota',
    status: 429,
    options: { market: { rules: { actsPerMinuteMax: 1 } } },
    async send(rig) {
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' })
      return rig.post('/v1/acts', open(rig))
    },
  },
  {
    name: 'tooManyWaiting',
    status: 429,
    options: { limits: { waitingMax: 0 } },
    send: (rig) => rig.post('/v1/acts', open(rig)),
  },
  { name: 'tooManyStreams', status: 429, options: { limits: { streamsMax: 0 } }, send: (rig) => rig.get('/v1/stream') },
  {
    name: 'stopping',
    status: 503,
    options: {
      over: withAnswers({ submit: async () => ({ kind: 'busy', reason: 'stopping', retryAfterSeconds: 5 }) }),
    },
    send: (rig) => rig.post('/v1/acts', open(rig)),
  },
  ...(['blockTimeBehind', 'outcomeNotHeld'] as const).map((reason) => ({
    name: reason,
    status: 503,
    options: { over: withAnswers({ submit: async () => ({ kind: 'busy', reason, retryAfterSeconds: 1 }) }) },
    send: (rig: ApiRig) => rig.post('/v1/acts', open(rig)),
    facts: { retryAfterSeconds: 1 },
  })),
  {
    name: 'clockLeapt',
    status: 503,
    async send(rig) {
      const bytes = open(rig)
      rig.clock.leap(61_000)
      const health = await rig.get('/health')
      assert.deepEqual([health.status, health.json.ready], [503, false])
      assert.match(health.json.stalled, /clock/)
      return rig.post('/v1/acts', bytes)
    },
  },
]

describe('answers', () => {
  for (const { name, status, options = {}, send, facts } of refused) {
    it(`[API-2] says ${status} ${name}${facts === undefined ? '' : ` ${JSON.stringify(facts)}`} with number, facts and both sentences`, () =>
      withRig(options, async (rig) => {
        const answer = await send(rig)
        assert.equal(answer.json?.error?.name, name)
        assert.equal(answer.status, status)
        const { error } = answer.json
        for (const [fact, value] of Object.entries(facts ?? {})) assert.deepEqual(error.facts[fact], value, fact)
        assert.equal(typeof error.code, 'number')
        assert.match(error.zh, /[\u4e00-\u9fff]/)
        for (const sentence of [error.zh, error.en]) assert.doesNotMatch(sentence, /[{}]/, 'every fact is filled in')
        if (status === 429) assert.match(answer.headers.get('retry-after') ?? '', /^[1-9][0-9]*$/)
        if (status === 401) assert.equal(answer.headers.get('www-authenticate'), 'Dujiang')
      }))
  }

  it('[API-1] answers an accepted act with its receipt and events once it is committed', () =>
    withRig({}, async (rig) => {
      const { status, json } = await rig.post('/v1/acts', open(rig))
      assert.equal(status, 200)
      assert.equal(json.state, 'committed')
      assert.equal(json.receipt.code, 0)
      assert.equal(json.receipt.id, json.id)
      assert.equal(json.repeated, false)
      assert.equal(json.sentence, undefined)
      assert.equal((await rig.node.receipt(json.id))?.receipt.height, json.receipt.height)
    }))

  it('[API-1] answers a declined act with 200, its receipt and the reason in words', () =>
    withRig({}, async (rig) => {
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' })
      const { status, json } = await rig.post('/v1/acts', open(rig))
      assert.equal(status, 200)
      assert.equal(json.receipt.refusal.name, 'sequenceExists')
      assert.equal(json.receipt.code, rig.market.app.sentence('sequenceExists')?.code)
      assert.match(json.sentence.en, /Q/)
      assert.equal(json.sentence.retry, false)
    }))

  it('[API-1] words the refusals of the chain too', () =>
    withRig({}, async (rig) => {
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'n' })
      const { json } = await rig.post('/v1/acts', open(rig, { sequence: 1 }))
      assert.equal(json.receipt.refusal.name, 'sequenceNotHigher')
      assert.doesNotMatch(json.sentence.zh, /[{}]/)
    }))

  it('[API-5] answers the same bytes again with the first receipt', () =>
    withRig({}, async (rig) => {
      const bytes = open(rig)
      const first = await rig.post('/v1/acts', bytes)
      const second = await rig.post('/v1/acts', bytes)
      assert.equal(second.json.repeated, true)
      assert.deepEqual(second.json.receipt, first.json.receipt)
    }))

  it('[API-5] shows the first receipt to no one who cannot sign for the act', () =>
    withRig({}, async (rig) => {
      const bytes = open(rig)
      await rig.post('/v1/acts', bytes)
      const forged = new TextDecoder().decode(bytes).replace(/"sig":"../, '"sig":"00')
      const { status, json } = await rig.post('/v1/acts', forged)
      assert.equal(status, 401)
      assert.equal(json.receipt, undefined)
    }))

  it('[API-4] gives a signed intake receipt with wait=accepted', () =>
    withRig({}, async (rig) => {
      const { status, json } = await rig.post('/v1/acts?wait=accepted', open(rig))
      assert.equal(status, 202)
      assert.equal(json.state, 'accepted')
      assert.equal(json.intake.chain, rig.node.chain)
      assert.equal(json.intake.signature.length, 128)
    }))

  it('[API-4] gives a proof that holds with wait=provable', () =>
    withRig({}, async (rig) => {
      const asked = rig.post('/v1/acts?wait=provable', open(rig))
      while (rig.node.status().receipts === 0) await new Promise(setImmediate)
      while (rig.node.status().provable === 0) await rig.pass(10)
      const { status, json, text } = await asked
      assert.equal(status, 200)
      assert.equal(json.state, 'provable')
      const file = text.slice(text.indexOf(',"proof":') + 9, -1)
      const founded = readGenesis(nodeCrypto.sha256, rig.node.genesisBytes)
      const verified = verifyReceipt(nodeCrypto, founded, new TextEncoder().encode(file))
      assert.equal(verified.ok, true, JSON.stringify(verified))
    }))

  it('[API-4] answers without a proof when none comes in time', () =>
    withRig({ limits: { proofWaitMs: 5 } }, async (rig) => {
      const asked = rig.post('/v1/acts?wait=provable', open(rig))
      while (rig.node.status().receipts === 0) await new Promise(setImmediate)
      let done = false
      void asked.then(() => (done = true))
      for (let ms = 0; !done && ms < 15; ms++) await rig.pass(1)
      const { json } = await asked
      assert.equal(json.state, 'committed')
      assert.equal(json.proof, undefined)
    }))

  it('[API-4] serves the proof file once it exists, 409 before', () =>
    withRig({}, async (rig) => {
      const { json } = await rig.post('/v1/acts', open(rig))
      const early = await rig.get(`/v1/receipts/${json.id}/proof`)
      assert.equal(early.status, 409)
      assert.equal(early.json.error.name, 'notYetProvable')
      await rig.pass(1_000)
      const file = await rig.get(`/v1/receipts/${json.id}/proof`)
      const founded = readGenesis(nodeCrypto.sha256, rig.node.genesisBytes)
      const verified = verifyReceipt(nodeCrypto, founded, new TextEncoder().encode(file.text))
      assert.equal(verified.ok, true, JSON.stringify(verified))
      assert.equal((await rig.get(`/v1/receipts/${json.id}`)).json.state, 'provable')
    }))

  it('serves the genesis file byte for byte, the status and the catalogue', () =>
    withRig({}, async (rig) => {
      assert.equal((await rig.get('/v1/genesis')).text, new TextDecoder().decode(rig.node.genesisBytes))
      const status = await rig.get('/v1/status')
      assert.deepEqual(status.json, { chain: rig.node.chain, domain: 'public', name: '试验市场', ...rig.node.status() })
      const { acts } = (await rig.get('/v1/acts')).json
      assert.equal(acts.length, rig.market.app.acts.length)
      const order = acts.find(({ name }: { name: string }) => name === 'auction.order.submit')
      assert.equal(order.restricted, true)
      assert.equal(order.jsonSchema.properties.session.type, 'string')
    }))

  it('says by /health whether the node takes part', async () => {
    await withRig({}, async (rig) => assert.equal((await rig.get('/health')).status, 200))
    const failed = (node: Parameters<ReturnType<typeof withAnswers>>[0]) =>
      withAnswers({ status: () => ({ ...node.status(), failure: 'TALLY-1: broken' }) })(node)
    await withRig({ over: failed }, async (rig) => {
      const { status, json } = await rig.get('/health')
      assert.equal(status, 503)
      assert.deepEqual({ live: json.live, ready: json.ready }, { live: true, ready: false })
    })
  })

  it('[API-11] answers a fault inside with a number and nothing of the fault', () =>
    withRig(
      {
        over: withAnswers({
          receipt: () => {
            throw new Error('secret detail')
          },
        }),
      },
      async (rig) => {
        const { status, json, text } = await rig.get(`/v1/receipts/${'0'.repeat(64)}`)
        assert.equal(status, 500)
        assert.equal(json.error.name, 'internal')
        assert.doesNotMatch(text, /secret detail|at .*\.ts/)
        assert.match(rig.log.join(''), /secret detail/)
      },
    ))

  it('[API-11] says of a failed node that the outcome is not known', () => {
    const over = (node: Parameters<ReturnType<typeof withAnswers>>[0]) =>
      withAnswers({
        status: () => ({ ...node.status(), failure: 'disk' }),
        submit: () => Promise.reject(new Error('disk gone')),
      })(node)
    return withRig({ over }, async (rig) => {
      const { status, json } = await rig.post('/v1/acts', open(rig))
      assert.equal(status, 503)
      assert.equal(json.error.name, 'nodeFailed')
    })
  })
})

describe('sentences', () => {
  it('[API-2] give instants in Beijing time, and spans of time and all else as they are', () => {
    const facts = { time: 1_796_090_400_000, fromMs: 0, lifetimeMs: 600_000, sequence: 1_796_090_400_000, units: ['A'] }
    const text = '{time} {fromMs} {lifetimeMs} {sequence} {units} {none}'
    assert.deepEqual(speak({ zh: text, en: text, retry: true }, facts), {
      zh: '北京时间2026-12-01 10:00:00.000 0 600000 1796090400000 ["A"] {none}',
      en: '2026-12-01 10:00:00.000 Beijing time 0 600000 1796090400000 ["A"] {none}',
      retry: true,
    })
  })

  it('[API-2] say of the pointer to all that was sent that it is the whole', () =>
    withRig({}, async (rig) => {
      const { json } = await rig.post('/v1/acts/dry-run', '[]')
      assert.deepEqual(json.error.facts, { path: '', rule: 'notObject' })
      assert.equal(json.error.en, 'Field (the whole) has the wrong shape: notObject')
      assert.equal(json.error.zh, '字段（整个内容）不合格式：notObject')
    }))
})

it('[API-11] says of every answer that it is what it says it is', () =>
  withRig({}, async (rig) => {
    const stop = new AbortController()
    const answers = [
      await rig.get('/v1/status'),
      await rig.get('/v1/nothing'),
      await rig.get('/openapi.json'),
      await fetch(`${rig.api.url}/v1/stream`, { signal: stop.signal }),
    ]
    for (const { headers } of answers) assert.equal(headers.get('x-content-type-options'), 'nosniff')
    stop.abort()
  }))
