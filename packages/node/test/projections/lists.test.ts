import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { existsSync, writeFileSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { projectionPaths } from '../../src/projections/index.ts'
import { buyer, exchange, seller } from '../api/rig.ts'
import { type ListsRig, withLists } from './rig.ts'

const idOf = (bytes: { readonly json: { readonly id: string } }): string => bytes.json.id

describe('lists that follow the ledger', () => {
  it('[API-31] show an order to its owner alone before the gate, and to everybody afterwards', () =>
    withLists(async ({ rig, projections }) => {
      const gateMs = await rig.openSession()
      const id = idOf(await rig.post('/v1/acts', rig.order(seller, 31_234)))
      await rig.pass(100)
      await projections.caughtUp()
      const targets = [
        '/v1/lists/orders',
        '/v1/lists/orders?session=S1&limit=1',
        '/v1/lists/orders?org=GENA',
        '/v1/lists/orders?status=live',
        '/v1/lists/receipts?session=S1&act=auction.order.submit',
        '/v1/lists/receipts?org=GENA&limit=1',
        '/v1/lists/receipts?unit=GENA.1&act=auction.order.submit',
        `/v1/lists/receipts?id=${id.slice(0, 8)}`,
        '/v1/lists/receipts?outcome=accepted&act=auction.order.submit',
      ]
      const counted = async (read: (target: string) => Promise<{ readonly json: any }>): Promise<number> =>
        (await read('/v1/lists/orders?session=S1&count=true')).json.count
      assert.equal(await counted((target) => rig.get(target)), 0)
      assert.equal(await counted((target) => rig.signed(buyer, target)), 0)
      assert.equal(await counted((target) => rig.signed(seller, target)), 1)
      for (const target of targets) {
        for (const { status, json, text } of [
          await rig.get(target),
          await rig.signed(buyer, target),
          await rig.signed(exchange, target),
        ]) {
          assert.equal(status, 200, text)
          assert.ok(!text.includes(id) && !text.includes('31234000'), `${target} shows it: ${text}`)
          assert.equal(json.more, false, target)
        }
        const own = await rig.signed(seller, target)
        assert.ok(own.text.includes(id), `${target} hides it from its owner: ${own.text}`)
      }
      await rig.pass(gateMs - rig.clock.nowMs() + 1_000)
      await projections.caughtUp()
      for (const target of targets) assert.ok((await rig.get(target)).text.includes(id), target)
    }))

  it('[API-30] show receipts as elsewhere, orders with what was asked for, and how far lists have come', () =>
    withLists(async ({ rig, projections }) => {
      const gateMs = await rig.openSession()
      await rig.post('/v1/acts', rig.order(seller))
      await rig.post('/v1/acts', rig.order(buyer))
      await rig.pass(gateMs - rig.clock.nowMs() + 1_000)
      await projections.caughtUp()
      const { receipts } = rig.node.status()
      const listed = await rig.get('/v1/lists/receipts?limit=500')
      const plain = await rig.get('/v1/receipts?limit=1000')
      assert.deepEqual(listed.json.rows.toReversed(), plain.json.receipts)
      const top = (await rig.get('/v1/lists/receipts?limit=3&count=true')).json
      assert.equal(top.count, receipts)
      const place = `/v1/lists/receipts?limit=3&after=${top.next}`
      const far = (await rig.get(`${place}&skip=${receipts - 5}&count=true`)).json
      assert.deepEqual([far.rows, far.count, far.more], [listed.json.rows.slice(-2), receipts - 3, false])
      assert.equal(listed.json.upTo, receipts)
      const { json: orders } = await rig.get('/v1/lists/orders')
      assert.deepEqual(
        orders.rows.map((row: any) => [row.unit, row.status, row.volumeWh, row.payload.volumesWh]),
        [
          ['USRB.1', 'live', 5_000_000, [[5_000_000]]],
          ['GENA.1', 'live', 5_000_000, [[5_000_000]]],
        ],
      )
      const { json: sessions } = await rig.get('/v1/lists/sessions')
      assert.equal(sessions.rows[0].status, 'cleared')
      const { json: trades } = await rig.get('/v1/lists/trades?session=S1')
      assert.deepEqual(
        trades.rows.map((row: any) => [row.period, row.unit, row.awardWh]),
        [
          [1, 'GENA.1', 5_000_000],
          [1, 'USRB.1', 5_000_000],
        ],
      )
      const { json: status } = await rig.get('/v1/status')
      assert.deepEqual(status.projections, { receipts, lag: 0, lagMs: 0 })
      assert.deepEqual((await rig.get('/health')).json.projections, status.projections)
    }))

  it('[API-32] refuse a filter that they do not know and a place that is none', () =>
    withLists(async ({ rig, projections }) => {
      await projections.caughtUp()
      for (const target of [
        '/v1/lists/orders?unknown=1',
        '/v1/lists/orders?after=AAAA',
        `/v1/lists/orders?after=${Buffer.from('["x"]').toString('base64url')}`,
        '/v1/lists/orders?limit=0',
        '/v1/lists/orders?skip=1000001',
        '/v1/lists/orders?count=yes',
        "/v1/lists/orders?org=x'%20OR%201=1",
        '/v1/lists/receipts?id=XYZ',
      ]) {
        const { status, json } = await rig.get(target)
        assert.equal(status, 400, target)
        assert.ok(json.error.name, target)
      }
      assert.equal((await rig.get('/v1/lists/nothing')).status, 404)
    }))

  it('[PRN-7] are dropped and made again when the file is there that asks for it, also while it runs', () =>
    withLists(async (made: ListsRig) => {
      const { rig, dataDir } = made
      await rig.openSession()
      await made.projections.caughtUp()
      const before = await rig.get('/v1/lists/receipts')
      const { folder, rebuild } = projectionPaths(dataDir)
      const changes = watch(folder)
      writeFileSync(rebuild, '')
      for await (const _change of changes) if (!existsSync(rebuild)) break
      await made.projections.caughtUp()
      assert.deepEqual((await rig.get('/v1/lists/receipts')).json, before.json)
    }))

  it('[PRN-3] go on where they stood when the node is started again', () =>
    withLists(async (made: ListsRig) => {
      const { rig } = made
      await rig.openSession()
      await made.projections.caughtUp()
      const before = await rig.get('/v1/lists/receipts')
      await made.follow()
      await rig.post('/v1/acts', rig.order(seller))
      await made.projections.caughtUp()
      const after = await rig.signed(seller, '/v1/lists/receipts')
      assert.deepEqual(after.json.rows.slice(1), before.json.rows)
    }))

  it('[PRN-9] are no further behind than since they were begun, until they have taken something in', () =>
    withLists(
      async ({ rig, projections }) => {
        const startMs = rig.node.status().timeMs
        await projections.ended
        await rig.openSession()
        const { receipts, timeMs } = rig.node.status()
        const { lag, lagMs } = projections.status()
        assert.deepEqual([lag, lagMs], [receipts, timeMs - startMs])
        assert.ok(lagMs < 60_000)
      },
      { listsModule: 'file:///nowhere.ts' },
    ))

  it('[PRN-1] that cannot begin leave the ledger alone, and say so', () =>
    withLists(
      async ({ rig, projections }) => {
        await projections.ended
        await rig.openSession()
        const { json } = await rig.post('/v1/acts', rig.order(seller))
        assert.equal(json.receipt.code, 0)
        assert.match(projections.status().trouble ?? '', /nowhere/)
        const answer = await rig.get('/v1/lists/orders')
        assert.equal(answer.status, 503)
        assert.equal(answer.json.error.name, 'listsNotReady')
      },
      { listsModule: 'file:///nowhere.ts' },
    ))
})
