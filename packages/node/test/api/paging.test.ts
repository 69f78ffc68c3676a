import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allOf, buyer, exchange, seller, withRig } from './rig.ts'

const named = (name: string) => ({ sequence: name, name })

describe('paging', () => {
  it('lists rows by key, whatever is inserted between two pages', () =>
    withRig({}, async (rig) => {
      const open = (name: string) => rig.must(exchange, 'auction.sequence.open', named(name))
      for (const name of ['B', 'D', 'F', 'H']) await open(name)
      const first = (await rig.get('/v1/state/auction/sequence?limit=2')).json
      assert.deepEqual(
        first.rows.map((row: { key: string }) => row.key),
        ['B', 'D'],
      )
      assert.deepEqual(
        { next: first.next, more: first.more, height: first.height },
        { next: 'D', more: true, height: rig.node.status().height },
      )
      for (const name of ['A', 'C', 'E', 'G']) await open(name)
      const second = (await rig.get('/v1/state/auction/sequence?limit=2&after=D')).json
      assert.deepEqual(
        second.rows.map((row: { key: string }) => row.key),
        ['E', 'F'],
      )
      const last = (await rig.get('/v1/state/auction/sequence?limit=2&after=F')).json
      assert.deepEqual([last.rows.length, last.more], [2, false])
      const past = (await rig.get('/v1/state/auction/sequence?after=Z')).json
      assert.deepEqual([past.rows, past.more, past.next], [[], false, undefined])
    }))

  it('keeps to the table named: a prefix cannot leave it', () =>
    withRig({}, async (rig) => {
      await rig.must(exchange, 'auction.sequence.open', named('Q'))
      const { json } = await rig.get('/v1/state/auction/seq')
      assert.deepEqual(json.rows, [])
      assert.equal((await rig.get('/v1/state/auction/sequence?prefix=../')).status, 400)
      assert.equal((await rig.get('/v1/state/auction/sequence/Q')).json.value.name, 'Q')
    }))

  it('lists receipts by index, each once, while more are committed', () =>
    withRig({}, async (rig) => {
      const seen: number[] = []
      let after = -1
      for (let page = 0; page < 5; page++) {
        for (let i = 0; i < 3; i++) await rig.must(exchange, 'auction.sequence.open', named(`P${page}.${i}`))
        const { json } = await rig.get(`/v1/receipts?after=${after}&limit=2`)
        seen.push(...json.receipts.map((each: { receipt: { index: number } }) => each.receipt.index))
        after = json.next
        assert.equal(json.more, true)
      }
      assert.deepEqual(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      const end = (await rig.get('/v1/receipts?after=14')).json
      assert.deepEqual([end.receipts, end.next, end.more], [[], 14, false])
    }))

  it('ends a page that has looked at enough of blocks, and goes on from there', () =>
    withRig({ limits: { pageBlockBytesMax: 1, pageBlocksMax: 1 } }, async (rig) => {
      await rig.openSession()
      for (const by of [seller, buyer]) await rig.node.submit(rig.order(by))
      const { height, receipts } = rig.node.status()
      const heights: number[] = []
      for (let after = 0, more = true; more; ) {
        const { json } = await rig.get(`/v1/blocks?after=${after}`)
        heights.push(...json.blocks.map((each: { header: { height: string } }) => Number(each.header.height)))
        assert.equal(json.next, heights.at(-1))
        after = json.next
        more = json.more
      }
      assert.deepEqual(
        heights,
        Array.from({ length: height }, (_, i) => i + 1),
      )
      const indices: number[] = []
      let pages = 0
      for (let after = -1, more = true; more; pages++) {
        const { json } = await rig.get(`/v1/receipts?after=${after}`)
        for (const each of json.receipts) indices.push(each.withheld ? each.index : each.receipt.index)
        after = json.next
        more = json.more
      }
      assert.equal(pages, 2)
      assert.deepEqual(
        indices,
        Array.from({ length: receipts }, (_, i) => i),
      )
    }))

  it('lists headers by height', () =>
    withRig({}, async (rig) => {
      for (const name of ['A', 'B', 'C']) await rig.must(exchange, 'auction.sequence.open', named(name))
      const { json } = await rig.get('/v1/blocks?after=1&limit=1')
      assert.deepEqual([json.blocks[0].header.height, json.blocks[0].txs, json.next, json.more], [2, 1, 2, true])
    }))

  it('gives the client every row and every receipt, page by page', () =>
    withRig({}, async (rig) => {
      const names = Array.from({ length: 23 }, (_, i) => `Q${String(i).padStart(2, '0')}`)
      for (const name of names) await rig.must(exchange, 'auction.sequence.open', named(name))
      const rows = await allOf(rig.client().rows('auction/sequence', { pageSize: 5 }))
      assert.deepEqual(
        rows.map(({ key }) => key),
        names,
      )
      const few = await allOf(rig.client().rows('auction/sequence', { prefix: 'Q1', pageSize: 4 }))
      assert.equal(few.length, 10)
      const receipts = await allOf(rig.client().receipts({ after: 2, pageSize: 7 }))
      assert.equal(receipts.length, 20)
      assert.deepEqual(await rig.client().row('auction/sequence/Q07'), { name: 'Q07', org: 'SCPX' })
      assert.equal(await rig.client().row('auction/sequence/Z'), undefined)
    }))
})
