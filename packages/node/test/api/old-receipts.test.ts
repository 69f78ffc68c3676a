import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readGenesis, verifyReceipt } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { SimDisk } from '../../src/seams/index.ts'
import { type ApiRig, allOf, buyer, exchange, seller, withRig } from './rig.ts'

/** More than a group of leaves, in several blocks. */
const RECEIPTS = 320
const limits = { receiptBytesKept: 0, leavesKept: 0 }
const RECORDS = 'node/receipts/records'

const actsOf = (rig: ApiRig): readonly Uint8Array[] =>
  Array.from({ length: RECEIPTS }, (_, i) =>
    rig.market.act(exchange, 'auction.sequence.open', { sequence: `Q${i}`, name: `第${i}个` }),
  )

async function filled(rig: ApiRig): Promise<readonly Uint8Array[]> {
  const acts = actsOf(rig)
  for (let from = 0; from < RECEIPTS; from += 40) await rig.node.submitMany(acts.slice(from, from + 40))
  while (rig.node.status().provable < RECEIPTS) await rig.pass(10)
  return acts
}

/** What was answered when it was fresh is what everybody gets later. */
const withOld = (work: (rig: ApiRig, acts: readonly Uint8Array[], disk: SimDisk) => Promise<void>) => {
  const disk = new SimDisk(1)
  return withRig({ nodeOptions: { limits, disk: disk.mount() } }, async (rig) => work(rig, await filled(rig), disk))
}

describe('receipts that are no longer in memory', () => {
  it('[RCP-4] are listed, one by one and as pages', () =>
    withOld(async (rig) => {
      const listed = await allOf(rig.client().receipts({ after: -1, pageSize: 70 }))
      assert.deepEqual(
        listed.map((each) => 'receipt' in each && each.receipt.index),
        Array.from({ length: RECEIPTS }, (_, i) => i),
      )
      const [first] = listed
      assert.ok(first !== undefined && 'receipt' in first)
      const { json } = await rig.get(`/v1/receipts/${first.id}`)
      assert.deepEqual([json.receipt, json.events, json.state], [first.receipt, first.events, 'provable'])
      assert.equal(json.events[0].data.name, '第0个')
    }))

  it('[KEEP-4] have a proof that holds', () =>
    withOld(async (rig) => {
      const founded = readGenesis(nodeCrypto.sha256, rig.node.genesisBytes)
      for (const index of [0, 100, 255, 256, RECEIPTS - 1]) {
        const id = (await rig.node.receiptAt(index))?.receipt.id
        const { status, text } = await rig.get(`/v1/receipts/${id}/proof`)
        assert.equal(status, 200)
        const verified = verifyReceipt(nodeCrypto, founded, new TextEncoder().encode(text))
        assert.ok(verified.ok && verified.receipt.index === index && verified.act !== undefined)
      }
    }))

  it('[API-13] are in a stream from the first on', () =>
    withOld(async (rig) => {
      const stop = new AbortController()
      const { body } = await fetch(`${rig.api.url}/v1/stream?after=-1`, { signal: stop.signal })
      let text = ''
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString()
        if (text.includes(`id: ${RECEIPTS - 1}\n`)) break
      }
      stop.abort()
      const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id))
      assert.deepEqual(
        ids,
        Array.from({ length: RECEIPTS }, (_, i) => i),
      )
    }))

  it('[IN-2] answer who sends the same act again, long after it has expired', () =>
    withOld(async (rig, acts) => {
      await rig.pass(7 * 24 * 3_600_000)
      const { status, json } = await rig.post('/v1/acts', acts[3] as Uint8Array)
      assert.deepEqual([status, json.repeated, json.receipt.index], [200, true, 3])
    }))

  it('[RCP-3] are not given from a file that was changed: the answer is an error, and the log says which', () =>
    withOld(async (rig, acts, disk) => {
      const id = (await rig.node.receiptAt(3))?.receipt.id
      const file = await disk.mount().open(RECORDS)
      await file.write(0, new Uint8Array(40 * 500))
      for (const target of ['/v1/receipts', `/v1/receipts/${id}`, `/v1/receipts/${id}/proof`]) {
        const { status, json } = await rig.get(target)
        assert.deepEqual([status, json.error.name], [500, 'internal'], target)
      }
      assert.equal((await rig.post('/v1/acts', acts[3] as Uint8Array)).status, 500)
      assert.ok(rig.log.some((line) => line.includes(`${RECORDS} at byte 0`) && line.includes('made anew')))
      assert.equal((await rig.get(`/v1/receipts?after=${RECEIPTS - 10}`)).status, 200)
      assert.equal(rig.node.status().failure, undefined)
    }))

  it('[RCP-3] have no proof where their place in the block was changed', () =>
    withOld(async (rig, _acts, disk) => {
      const { id } = (await rig.node.receiptAt(0))?.receipt ?? {}
      const file = await disk.mount().open(RECORDS)
      await file.write(3, Uint8Array.of(2))
      assert.equal((await rig.node.receipt(id as string))?.position, 1)
      assert.equal((await rig.get(`/v1/receipts/${id}/proof`)).status, 500)
      assert.ok(rig.log.some((line) => line.includes(`has not act ${id} at 1`)))
    }))

  it('[RCP-3] are shown to nobody by what another act says, where their place in the block was changed', () => {
    const disk = new SimDisk(1)
    return withRig({ nodeOptions: { limits, disk: disk.mount() } }, async (rig) => {
      await rig.openSession()
      await rig.node.submitMany([rig.order(seller), rig.order(buyer)])
      await rig.must(exchange, 'auction.sequence.open', { sequence: 'N', name: 'n' })
      const { receipts } = rig.node.status()
      const both = await rig.node.receipts(receipts - 3, receipts - 1)
      const at = both.findIndex(({ receipt }) => receipt.org === buyer.org)
      const { id } = both[at]!.receipt
      assert.equal((await rig.signed(buyer, `/v1/receipts/${id}`)).status, 200)
      assert.equal((await rig.signed(seller, `/v1/receipts/${id}`)).status, 404)
      // The buyer's is said to be where the seller's act is.
      const file = await disk.mount().open(RECORDS)
      const head = Buffer.from(await file.read(0, await file.size())).indexOf('{"act":"auction.order.submit"') - 24
      await file.write(head + 12 * at + 3, Uint8Array.of(both[1 - at]!.position! + 1))
      assert.equal((await rig.node.receipt(id))?.position, both[1 - at]?.position)
      for (const viewer of [seller, buyer]) {
        assert.equal((await rig.signed(viewer, `/v1/receipts/${id}`)).status, 404)
      }
    })
  })
})
