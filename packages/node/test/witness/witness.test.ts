import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { type LightBlock, checkpointHolds, headerHash, readCheckpoint, writeCheckpoint } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { exchange, withRig } from '../api/rig.ts'
import { Witness } from '../../src/witness/index.ts'

const signer = signerFromSecret('ed25519', new Uint8Array(32).fill(7))
const { sha256 } = nodeCrypto

function recordIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'dujiang-witness-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'checkpoint.json')
}

/** Light blocks of a real ledger, in order of height. */
async function blocksOfLedger(): Promise<readonly LightBlock[]> {
  const blocks: LightBlock[] = []
  await withRig({}, async (rig) => {
    for (const sequence of ['Q', 'R', 'S']) {
      await rig.must(exchange, 'auction.sequence.open', { sequence, name: sequence })
      await rig.pass(1_000)
      blocks.push((await rig.node.lightBlock()) as LightBlock)
    }
  })
  return blocks
}

describe('a witness', () => {
  const chain = 'ab'.repeat(32)
  const at = (block: LightBlock | undefined) => ({ chain, lightBlock: () => Promise.resolve(block) })

  it('[WIT-1] signs the newest header, and its signature holds for these bytes alone', async (t) => {
    const [first] = await blocksOfLedger()
    const witness = await Witness.open(recordIn(t), at(first), signer, sha256)
    const checkpoint = (await witness.newest())!
    assert.equal(checkpoint.block, toHex(headerHash(sha256, first!.header)))
    assert.equal(checkpoint.height, first!.header.height)
    assert.deepEqual(readCheckpoint(writeCheckpoint(checkpoint)), checkpoint)
    assert.ok(checkpointHolds(nodeCrypto, checkpoint))
    for (const change of [
      { height: checkpoint.height + 1 },
      { chain: 'cd'.repeat(32) },
      { appHash: 'ef'.repeat(32) },
      { block: 'ef'.repeat(32) },
    ]) {
      assert.equal(checkpointHolds(nodeCrypto, { ...checkpoint, ...change }), false)
    }
  })

  it('[WIT-2] has made durable what it gives out, and answers the same again', async (t) => {
    const [first] = await blocksOfLedger()
    const path = recordIn(t)
    const witness = await Witness.open(path, at(first), signer, sha256)
    const [one, other] = await Promise.all([witness.newest(), witness.newest()])
    assert.deepEqual(one, other)
    assert.deepEqual(readCheckpoint(Uint8Array.from(readFileSync(path))), one)
    assert.equal(statSync(path).mode & 0o777, 0o600)
    assert.deepEqual(await (await Witness.open(path, at(first), signer, sha256)).newest(), one)
  })

  it('[WIT-3] signs nothing below what it has signed, nor another header of that height', async (t) => {
    const [first, second, third] = await blocksOfLedger()
    const path = recordIn(t)
    await (await Witness.open(path, at(second), signer, sha256)).newest()
    assert.equal(await (await Witness.open(path, at(first), signer, sha256)).newest(), undefined)
    const forked = { ...second!, header: { ...second!.header, appHash: new Uint8Array(32) } }
    assert.equal(await (await Witness.open(path, at(forked), signer, sha256)).newest(), undefined)
    const later = await (await Witness.open(path, at(third), signer, sha256)).newest()
    assert.equal(later?.height, third!.header.height)
  })

  it('[WIT-3] signs nothing while no header is known', async (t) => {
    assert.equal(await (await Witness.open(recordIn(t), at(undefined), signer, sha256)).newest(), undefined)
  })

  it('[WIT-4] refuses a damaged record', async (t) => {
    const path = recordIn(t)
    writeFileSync(path, '{"height":')
    await assert.rejects(Witness.open(path, at(undefined), signer, sha256), /damaged/)
  })

  it('[API-22] is asked over HTTP, and a node without one says so', async () => {
    await withRig({}, async (rig) => {
      assert.equal((await rig.get('/v1/checkpoint')).json.error.name, 'checkpointUnknown')
    })
    const checkpoint = { appHash: '', block: '', chain: '', height: 1, node: '', signature: '', v: 1 } as const
    await withRig({ witness: { newest: () => Promise.resolve(checkpoint) } }, async (rig) => {
      const { status, json } = await rig.get('/v1/checkpoint')
      assert.deepEqual([status, json.height], [200, 1])
    })
  })
})
