import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ApiRig, buyer, exchange, exchangeOther, identity, seller, withRig } from './rig.ts'

/** Every way in which the API shows acts, receipts and rows. */
const everyView = (height: number, id: string): readonly string[] => [
  '/v1/receipts?limit=1000',
  `/v1/receipts/${id}`,
  `/v1/receipts/${id}/proof`,
  `/v1/blocks/${height}`,
  '/v1/blocks?limit=100',
  '/v1/state/auction/book',
  '/v1/state/auction/book?prefix=S1/GENA.1',
  '/v1/state/auction/book/S1/GENA.1',
  '/v1/state/auction/stance',
  '/v1/state/auction/stance/S1/GENA',
  '/v1/state/chain/sequence',
  '/v1/state/chain/quota',
  '/v1/state/chain/seen',
  '/v1/state/chain/due',
  '/v1/state/auction/tally/S1',
  '/v1/state-proofs/auction/book/S1/GENA.1',
  '/v1/state-proofs/auction/stance/S1/GENA',
  '/v1/state-proofs/auction/tally/S1',
  '/v1/state-proofs/chain/quota/x',
  '/v1/status',
  '/health',
]

/** A session with one order in it, that of the seller. */
async function withOrder(work: (rig: ApiRig, order: { id: string; height: number; gateMs: number }) => Promise<void>) {
  await withRig({}, async (rig) => {
    const gateMs = await rig.openSession()
    const { json } = await rig.post('/v1/acts', rig.order(seller, 31_234))
    assert.equal(json.receipt.code, 0)
    await rig.pass(100)
    await work(rig, { id: json.id, height: json.receipt.height, gateMs })
  })
}

describe('privacy before the gate', () => {
  it('[API-7] shows nothing of an order to the public or to other members, on any path', () =>
    withOrder(async (rig, { id, height }) => {
      for (const target of everyView(height, id)) {
        for (const { text } of [
          await rig.get(target),
          await rig.signed(buyer, target),
          await rig.signed(exchange, target),
        ]) {
          // The id was in the question of these; what matters is what the answer adds.
          const told = text
            .replaceAll(`"id":"${id}"},"zh"`, '')
            .replaceAll(`receipt ${id}`, '')
            .replaceAll(`回执${id}`, '')
          for (const secret of [id, '31234000', 'orderSubmitted', '"place"']) {
            assert.ok(!told.includes(secret), `${target} shows ${secret}: ${told}`)
          }
        }
      }
    }))

  it('[API-7] withholds the receipt but tells only index, height and time', () =>
    withOrder(async (rig, { height }) => {
      const { json } = await rig.get('/v1/receipts?limit=1000')
      const withheld = json.receipts.filter((each: { withheld?: true }) => each.withheld)
      const { time, index } = (await rig.node.receiptAt(rig.node.status().receipts - 1))!.receipt
      assert.deepEqual(withheld, [{ index, height, time, withheld: true }])
    }))

  it('[API-8] answers for a withheld receipt as for one that does not exist', () =>
    withOrder(async (rig, { id }) => {
      const none = '0'.repeat(64)
      for (const path of [`/v1/receipts/${id}`, `/v1/receipts/${id}/proof`]) {
        const withheld = await rig.get(path)
        const unknown = await rig.get(path.replace(id, none))
        assert.equal(withheld.status, unknown.status)
        assert.equal(withheld.text.replaceAll(id, none), unknown.text)
      }
    }))

  it('[API-9] leaves no trace of rows withheld: same answer whether or not somebody has bid', () =>
    withOrder(async (rig) => {
      for (const [taken, free] of [
        ['/v1/state/auction/book?prefix=S1/GENA.1', '/v1/state/auction/book?prefix=S1/USRB.1'],
        ['/v1/state/auction/book/S1/GENA.1', '/v1/state/auction/book/S1/USRB.1'],
        ['/v1/state/auction/stance?prefix=S1/GENA', '/v1/state/auction/stance?prefix=S1/USRB'],
        ['/v1/state/chain/sequence?prefix=auction.S1', '/v1/state/chain/sequence?prefix=auction.S2'],
      ] as const) {
        const [one, other] = [await rig.get(taken), await rig.get(free)]
        assert.equal(one.status, other.status)
        assert.equal(one.text.replaceAll('GENA', 'X'), other.text.replaceAll('USRB', 'X'))
      }
    }))

  it('[API-10] shows a withheld transaction of a block by its hash alone', () =>
    withOrder(async (rig, { height }) => {
      const { json } = await rig.get(`/v1/blocks/${height}`)
      assert.deepEqual(Object.keys(json.txs[0]).sort(), ['hash', 'withheld'])
      const own = await rig.signed(seller, `/v1/blocks/${height}`)
      assert.equal(own.json.txs[0].body.org, seller.org)
    }))

  it('[API-7] shows all of it to its owner', () =>
    withOrder(async (rig, { id }) => {
      assert.equal((await rig.signed(seller, `/v1/receipts/${id}`)).json.events[0].name, 'orderSubmitted')
      assert.equal((await rig.signed(seller, `/v1/receipts/${id}/proof`)).status, 200)
      assert.equal((await rig.signed(seller, '/v1/state/auction/book')).json.rows[0].key, 'S1/GENA.1')
      assert.equal((await rig.signed(seller, '/v1/state/auction/book/S1/GENA.1')).json.value.org, 'GENA')
      const list = await rig.signed(seller, '/v1/receipts?limit=1000')
      assert.ok(list.json.receipts.some((each: { id?: string }) => each.id === id))
    }))

  it('tells everybody how many have bid', () =>
    withOrder(async (rig) => {
      assert.equal((await rig.get('/v1/state/auction/tally/S1')).json.value.submitted, 1)
    }))

  it('[API-7] withholds it in a stream, and not from its owner', () =>
    withOrder(async (rig, { id }) => {
      const last = rig.node.status().receipts - 1
      for (const viewer of [undefined, buyer, seller]) {
        const stop = new AbortController()
        for await (const listed of rig.client(viewer).stream({ after: last - 1, signal: stop.signal })) {
          assert.equal('withheld' in listed, viewer !== seller)
          assert.equal(JSON.stringify(listed).includes(id), viewer === seller)
          stop.abort()
        }
      }
    }))
})

describe('privacy after the gate', () => {
  it('[API-7] shows everything to everybody from the block of the gate on', () =>
    withOrder(async (rig, { id, height, gateMs }) => {
      await rig.pass(gateMs - rig.clock.nowMs() + 1)
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'Q2', name: 'n' })
      assert.equal((await rig.get(`/v1/receipts/${id}`)).json.events[0].name, 'orderSubmitted')
      assert.equal((await rig.get(`/v1/blocks/${height}`)).json.txs[0].body.payload.prices[0][0], 31_234_000)
      const list = await rig.get('/v1/receipts?limit=1000')
      assert.ok(list.json.receipts.every((each: { withheld?: true }) => each.withheld === undefined))
    }))
})

describe('signed queries', () => {
  const target = '/v1/receipts?limit=5'

  it('[API-3] takes one from either key scheme, within a minute of the clock either way', () =>
    withRig({}, async (rig) => {
      const now = rig.clock.nowMs()
      for (const timeMs of [now - 60_000, now, now + 60_000]) {
        for (const by of [exchange, exchangeOther]) {
          assert.equal((await rig.signed(by, target, { timeMs })).status, 200)
        }
      }
    }))

  it('[API-3] refuses one that is too old, of the future, of another path, of another key, or written otherwise', () =>
    withRig({}, async (rig) => {
      const now = rig.clock.nowMs()
      const names = []
      for (const answer of [
        await rig.signed(exchange, target, { timeMs: now - 60_001 }),
        await rig.signed(exchange, target, { timeMs: now + 60_001 }),
        await rig.signed(exchange, target, { signs: '/v1/receipts?limit=6' }),
        await rig.signed(exchange, target, { signs: '/v1/receipts' }),
        await rig.signed({ ...exchange, signer: seller.signer }, target),
        await rig.signed({ ...exchange, org: 'DISP' }, target),
        await rig.get(target, { authorization: 'Bearer abc' }),
        await rig.get(target, {
          authorization: `${rig.authorization(exchange, target)} `.replace('Dujiang', 'dujiang'),
        }),
      ]) {
        assert.equal(answer.status, 401)
        names.push(answer.json.error.name)
      }
      assert.deepEqual(names, [
        'queryTimeOff',
        'queryTimeOff',
        'badSignature',
        'badSignature',
        'badSignature',
        'unknownKey',
        'badAuthorization',
        'badAuthorization',
      ])
    }))

  it('[API-12] leaves neither header nor body in the logs', () =>
    withOrder(async (rig, { id }) => {
      const authorization = rig.authorization(seller, `/v1/receipts/${id}`)
      await rig.get(`/v1/receipts/${id}`, { authorization })
      await rig.get('/v1/status', { authorization: 'Bearer hunter2' })
      const log = rig.log.join('')
      assert.match(log, /"status":200/)
      const signature = /signature="([0-9a-f]+)"/.exec(authorization)?.[1] ?? 'none'
      for (const secret of [signature, 'hunter2', 'authorization', '31234000', '"sig"']) {
        assert.ok(!log.toLowerCase().includes(secret), `the log holds ${secret}`)
      }
    }))

  it('is what the client signs for its viewer', () =>
    withOrder(async (rig, { id }) => {
      assert.equal(identity(seller).key, seller.key)
      assert.equal((await rig.client(seller).receipt(id))?.receipt.org, seller.org)
      assert.equal(await rig.client(buyer).receipt(id), undefined)
      assert.equal(await rig.client().receipt(id), undefined)
    }))
})
