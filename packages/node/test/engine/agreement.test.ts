import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Audit, readGenesis, verifyReceipt, writeReceiptProof, writeSealedBlock } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { trivialApp } from '@dujiang/testing/trivial'
import { seededRandom } from '../../src/seams/index.ts'
import type { LedgerNode } from '../../src/service/index.ts'
import { Rig, alice, allReceipts, bob } from './rig.ts'

/** Some minutes of a ledger: mixing whose result depends on the order, refusals, alarms, closing of streams. */
async function live(rig: Rig, node: LedgerNode, seed: number): Promise<void> {
  const random = seededRandom(seed)
  for (let round = 0; round < 30; round++) {
    const acts = Array.from({ length: random.below(6) }, () => {
      const by = random.below(2) === 0 ? alice : bob
      const atMs = rig.clock.nowMs() - 1_000 + random.below(20_000)
      return random.below(4) === 0
        ? rig.act(by, 'alarm.set', { alarm: `A${random.below(3)}`, atMs, onRing: [] })
        : rig.mix(random.below(100) - 10, by)
    })
    const outcomes = node.submitMany(acts)
    await rig.pass(random.below(8_000))
    await outcomes
  }
}

async function appHashes(node: LedgerNode): Promise<string[]> {
  const hashes: string[] = []
  for (let height = 1; height <= node.status().height; height++) {
    hashes.push(toHex((await node.block(height))?.header.appHash ?? new Uint8Array(0)))
  }
  return [...hashes, node.status().appHash]
}

describe('nodes of one chain agree', () => {
  it('[KEEP-3] a node that restarts after every round has the state of a twin that never did', async () => {
    const rig = new Rig()
    const twinRig = new Rig()
    const twin = await twinRig.open()
    await live(twinRig, twin, 5)
    let node = await rig.open()
    await live(rig, node, 5)
    assert.deepEqual(await appHashes(node), await appHashes(twin))
    const before = await appHashes(node)
    const receipts = await allReceipts(node)
    await node.close()
    node = await rig.open()
    assert.deepEqual(await appHashes(node), before)
    assert.deepEqual(await allReceipts(node), receipts)
    const more = await Promise.all([rig, twinRig].map((each, at) => (at === 0 ? node : twin).submit(each.mix(7))))
    assert.deepEqual(more[0], more[1])
    assert.equal(node.status().appHash, twin.status().appHash)
    await node.close()
    await twin.close()
  })

  it('[KEEP-2] one that never saw an act before its block has the same app hash at every height', async () => {
    const rig = new Rig()
    const node = await rig.open()
    await live(rig, node, 6)
    const audit = new Audit(trivialApp(), nodeCrypto, rig.genesisBytes)
    for (let height = 1; height <= node.status().height; height++) {
      const block = await node.block(height)
      assert.ok(block !== undefined)
      assert.equal(audit.next(writeSealedBlock(block)), undefined)
    }
    assert.equal(toHex(audit.ledger.tip.appHash), node.status().appHash)
    assert.ok(
      (await allReceipts(node)).some(({ code }) => code !== 0) &&
        (await allReceipts(node)).some(({ kind }) => kind === 'due'),
    )
    await node.close()
  })

  it('[KEEP-4] every receipt can be proved from the genesis file alone, after a restart too', async () => {
    const rig = new Rig()
    const first = await rig.open()
    await live(rig, first, 7)
    await first.close()
    const node = await rig.open()
    await rig.pass(1_000)
    const founded = readGenesis(nodeCrypto.sha256, rig.genesisBytes)
    for (const receipt of await allReceipts(node)) {
      const proof = await node.prove(receipt.id)
      assert.ok(proof !== undefined)
      const verified = verifyReceipt(nodeCrypto, founded, writeReceiptProof(proof))
      assert.ok(verified.ok && verified.receipt.index === receipt.index)
      assert.equal(verified.act === undefined, receipt.kind === 'due')
    }
    assert.equal(await node.prove('00'.repeat(32)), undefined)
    await node.close()
  })
})
