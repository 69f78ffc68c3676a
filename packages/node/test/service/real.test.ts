import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { actorOf } from '@dujiang/testing/trivial'
import { realClock, realDisk } from '../../src/seams/index.ts'
import { Rig, alice, allReceipts, bob, receiptOf } from '../engine/rig.ts'

it('[SVC-2] a node on a real disk, clock and threads takes in a long list and finds it again', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'dujiang-node-'))
  const rig = new Rig({ disk: realDisk, clock: realClock, dataDir, workers: 1 })
  try {
    const expires = { expires: Date.now() + 600_000 }
    const acts = Array.from({ length: 600 }, (_, n) => rig.mix(n, n % 2 === 0 ? alice : bob, expires))
    const stranger = rig.mix(1, actorOf('NOBODY'), expires)
    const node = await rig.open()
    const outcomes = await node.submitMany([...acts, stranger])
    assert.equal(outcomes.at(-1)?.kind, 'inadmissible')
    for (const outcome of outcomes.slice(0, -1)) assert.equal(receiptOf(outcome).kind, 'act')
    assert.deepEqual(await node.submitMany([]), [])
    const receipts = await allReceipts(node)
    const { appHash } = node.status()
    await node.close()
    const again = await rig.open()
    assert.equal(again.status().appHash, appHash)
    assert.deepEqual(await allReceipts(again), receipts)
    await again.close()
  } finally {
    await rm(dataDir, { recursive: true })
  }
})
