import assert from 'node:assert/strict'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { after, before, describe, it } from 'node:test'
import { headerHash } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Pair, changeSettings } from '@dujiang/node/network'
import { Cluster, type Load, cometHere, loadOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const ledgerHalf = fileURLToPath(new URL('../../src/network/node-main.ts', import.meta.url))

/** Blocks that the engine keeps, and how often there is a snapshot. */
const BLOCKS_KEPT = 30
const SNAPSHOT_EVERY = 10
/** The nodes of this network: one that votes, and three that come later. */
const [FIRST, BY_REPLAY, BY_SNAPSHOT, STRANDED] = [0, 1, 2, 3]

describe('a node that joins a network which runs', { skip }, () => {
  let cluster: Cluster
  let load: Load
  let pair: Pair | undefined

  before(async () => {
    // One validator that waits for nobody makes as many blocks as it can.
    const settings = { consensus: { timeout_commit: '1ms' } }
    const half = { blocksKept: BLOCKS_KEPT, snapshotEvery: SNAPSHOT_EVERY }
    cluster = await Cluster.layOut({ validators: 1, fullNodes: 3, cometbft, form: 'inside', settings, half })
    await cluster.member(FIRST).start()
    await cluster.advance(2, [FIRST])
    load = await loadOn(cluster, 1, { promises: false })
  })
  after(async () => {
    await pair?.stop()
    await cluster.close(load)
  })

  const firstRpc = () => cluster.member(FIRST).rpc

  /** A node has what the first one has, and goes on with it. */
  async function follows(at: number): Promise<void> {
    await cluster.advance(3, [FIRST, at])
    await cluster.agree([FIRST, at])
  }

  it('[CARD-8] by replay executes every block from the first one on', async () => {
    assert.equal((await firstRpc().status()).earliestHeight, 1)
    await cluster.member(BY_REPLAY).start()
    await follows(BY_REPLAY)
    assert.equal((await cluster.member(BY_REPLAY).rpc.status()).earliestHeight, 1)
    assert.equal(cluster.member(BY_REPLAY).node?.status().firstReceipt, 0)
    // Under load the first would drop blocks before this one has asked for them.
    await cluster.member(BY_REPLAY).stop()
  })

  it('[SNF-5] [CARD-8] by snapshot begins where the others no longer keep the first block', async () => {
    await load.start()
    while ((await firstRpc().status()).earliestHeight === 1) await cluster.advance(1, [FIRST])
    // Quiet blocks drop none: the header to trust is there as long as the engine asks for it.
    await load.stop()
    const { header } = await firstRpc().commit((await firstRpc().status()).height - 1)
    const { home } = cluster.member(BY_SNAPSHOT).place
    const { rpcUrl } = cluster.member(FIRST).place
    await changeSettings(home, {
      statesync: {
        enable: true,
        rpc_servers: `${rpcUrl},${rpcUrl}`,
        trust_height: header.height,
        trust_hash: toHex(headerHash(nodeCrypto.sha256, header)).toUpperCase(),
        discovery_time: '5s',
      },
    })
    await cluster.member(BY_SNAPSHOT).start()
    await follows(BY_SNAPSHOT)
    const { earliestHeight } = await cluster.member(BY_SNAPSHOT).rpc.status()
    assert.ok(earliestHeight > 1, `it has blocks from ${earliestHeight} on`)
    assert.ok((cluster.member(BY_SNAPSHOT).node?.status().firstReceipt ?? 0) > 0)
  })

  it('[STILL-6] by replay is stranded where nobody keeps the first block, and its supervisor says so', async () => {
    const { home, apiPort } = cluster.member(STRANDED).place
    const lines: string[] = []
    const app = [process.execPath, ledgerHalf, home, 'trivial', String(apiPort)]
    // With NODE_TEST_CONTEXT a process would speak the test runner's protocol.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
    const limits = { lookMs: 100, frozenMs: 1_000 }
    pair = new Pair({ home, cometbft, app, env, limits, log: (line) => lines.push(line) })
    await pair.start()
    while (pair.alarm !== 'stranded') await once(pair, 'alarm')
    assert.equal(pair.height, 0)
    assert.match(lines.at(-1) ?? '', /give no block after it: where they keep none, begin from a snapshot/)
  })
})
