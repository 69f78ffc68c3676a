import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { auditExport, exportChain } from '@dujiang/node/export'
import { homePaths } from '@dujiang/node/network'
import { Cluster, InsideMember, type Load, callsOf, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'
import { trivialApp } from '@dujiang/testing/trivial'

const { cometbft, skip } = await cometHere()

/** Points of one block at which CometBFT can be told to die (libs/fail). */
const INDICES = 11
const BLOCKS_KEPT = 10
/** Each has one act on its way: one answer more than these is to an act sent afterwards. */
const ACTORS = 3

describe('a ledger whose engine dies at a step of a height', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    cluster = await Cluster.start({ validators: 1, cometbft, form: 'inside', half: { blocksKept: BLOCKS_KEPT } })
    // The times of the blocks in which promises began will have been dropped.
    load = await loadOn(cluster, ACTORS, { promises: false })
    await load.start()
  })
  after(() => cluster.close(load))

  it('[CMT-8] goes on with the same ledger after each of its points of failure', async (t) => {
    const member = cluster.member(0)
    assert.ok(member instanceof InsideMember)
    await member.kill('cometbft')
    for (let index = 0; index < INDICES; index++) {
      // Two blocks go by before it, so that there are transactions in the one in which it dies.
      member.cometEnv = { FAIL_TEST_INDEX: String(2 * INDICES + index) }
      await member.start()
      await member.untilGone('cometbft')
      member.cometEnv = {}
      const startMs = performance.now()
      await member.start()
      await load.more(ACTORS + 1)
      t.diagnostic(`point ${index}: ${Math.round(performance.now() - startMs)} ms until it goes on`)
      await member.kill('cometbft')
    }
    await member.start()
  })

  it('[CMT-14] lets its engine drop the blocks that nobody needs from it', async () => {
    await cluster.advance(1)
    const { rpc } = cluster.member(0)
    // What is not sealed yet is kept too, which on a busy machine is more for a moment.
    await cluster.until('it drops blocks', async () => (await rpc.status()).earliestHeight > 1)
    const { earliestHeight, height } = await rpc.status()
    assert.ok(height - earliestHeight >= BLOCKS_KEPT, `${earliestHeight} to ${height}`)
  })

  it('has lost and doubled nothing in the end, and was asked by the grammar of ABCI', async () => {
    await load.stop()
    // Until the last block that did something is sealed, and the one after it, an export ends before them.
    await cluster.advance(3)
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [])
    const calls = await callsOf(cluster.member(0).place.home)
    assert.ok(new Set(calls.map(({ process }) => process)).size >= 2 * INDICES)
  })

  it('[CMT-10] has kept enough for an audit of all blocks, those included that its engine has dropped', async () => {
    const dataDir = homePaths(cluster.member(0).place.home).ledger
    const outDir = join(cluster.dir, 'export')
    const app = trivialApp()
    const { height } = await exportChain({ app, crypto: nodeCrypto, dataDir, outDir })
    const { genesisBytes } = cluster
    const report = await auditExport({ app, crypto: nodeCrypto, genesisBytes, dir: outDir, threads: 0 })
    assert.equal(report.firstBad, undefined)
    assert.ok(height > BLOCKS_KEPT)
  })
})
