import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signerOf } from '@dujiang/testing/trivial'
import { Rig, alice, allReceipts, receiptOf } from '../engine/rig.ts'

describe('the data folder of a node', () => {
  it('[SVC-1] is refused by a node of another chain', async () => {
    const rig = new Rig()
    await (await rig.open()).close()
    const { genesisBytes } = new Rig({}, { name: 'another' })
    await assert.rejects(rig.open({ genesisBytes }), /another chain/)
    await (await rig.open()).close()
  })

  it('[SVC-1] is not begun with a genesis file that founds nothing or a key that it does not name', async () => {
    const rig = new Rig()
    const disk = rig.mount()
    await assert.rejects(rig.open({ validator: signerOf('another') }), /must name this node's validator key/)
    await assert.rejects(rig.open({ genesisBytes: rig.genesisBytes.subarray(1) }))
    assert.deepEqual(await disk.list('node'), [])
    await (await rig.open()).close()
  })

  it('[SVC-1] is refused when it holds blocks and no genesis file', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    await node.close()
    await rig.mount().remove('node/genesis.json')
    await assert.rejects(rig.open(), /not a whole data folder/)
  })

  it('[SVC-2] is open in one node at a time', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await assert.rejects(rig.open(), /locked/)
    await node.close()
    await (await rig.open()).close()
  })

  it('[SVC-4] is copied whole while the node works, and the copy opens as a node', async () => {
    const rig = new Rig()
    const node = await rig.open()
    for (const amount of [1, 2, 3]) await node.submit(rig.mix(amount))
    rig.disk.conditions.delayMsMax = 5
    const copying = node.backup('copy')
    const more = [4, 5, 6].map((amount) => node.submit(rig.mix(amount)))
    await rig.pass(1_000)
    const { height } = await copying
    await Promise.all(more)
    rig.disk.conditions.delayMsMax = 0
    const copy = await rig.open({ dataDir: 'copy' })
    assert.ok(height >= 3 && copy.status().height >= height)
    const { length } = await allReceipts(copy)
    assert.deepEqual(await allReceipts(copy), (await allReceipts(node)).slice(0, length))
    await assert.rejects(node.backup('copy'), /not empty/)
    await copy.close()
    await node.close()
  })

  it('[SVC-4] is copied with the acts the node has promised', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await node.submit(rig.mix(1))
    rig.disk.conditions.delayMsMax = 100
    const bytes = rig.mix(2, alice)
    const accepting = node.accept(bytes)
    // Until the promise is made: its block takes longer.
    let made = false
    void accepting.then(() => (made = true))
    while (!made) await rig.pass(1)
    rig.disk.conditions.delayMsMax = 0
    const copying = node.backup('copy')
    await rig.pass(1_000)
    const { height } = await copying
    const copy = await rig.open({ dataDir: 'copy' })
    await rig.pass(1_000)
    const answer = await accepting
    assert.ok(answer.kind === 'accepted')
    assert.equal((await copy.receipt(answer.id))?.receipt.code, 0)
    assert.ok(height >= 1)
    await copy.close()
    await node.close()
  })

  it('[SVC-3] gives its height, its newest receipts and its view after each commit to who listens', async () => {
    const rig = new Rig()
    const node = await rig.open()
    const heights: number[] = []
    const end = node.onCommit((height) => heights.push(height))
    await node.submit(rig.mix(1))
    await node.submit(rig.mix(2))
    end()
    const { id } = receiptOf(await node.submit(rig.mix(3)))
    assert.deepEqual(heights, [1, 2])
    assert.equal((await node.receipt(id))?.receipt.index, 2)
    assert.equal(await node.receiptAt(3), undefined)
    assert.equal(await node.block(4), undefined)
    assert.equal((await node.block(3))?.txs.length, 1)
    await node.close()
  })
})
