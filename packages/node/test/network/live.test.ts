import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { BLOCK_BYTES_MAX, blockIdOf, chainIdOf, headerHash, verifyCommit } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  changePeers,
  layOutHome,
  homePaths,
  type NetworkStand,
  networkStand,
  nodeIdOfSecret,
  readHome,
} from '../../src/network/index.ts'
import { realClock } from '../../src/seams/index.ts'
import { plans, readText, skip, temporaryFolder } from './homes.ts'
import { pairOf, pairsOf, type TestPair, untilHeight } from './pairs.ts'

const { sha256 } = nodeCrypto

describe('two live validators', { skip }, () => {
  it('[RPC-2] [STAND-1] [STILL-1] tell what proves itself, agree, and stand still together when one is gone', async (t) => {
    const [one, two] = (await pairsOf(t, 2, { frozenMs: 2_000 })) as [TestPair, TestPair]
    await Promise.all([one.pair.start(), two.pair.start()])
    await Promise.all([untilHeight(one.pair, 1), untilHeight(two.pair, 1)])
    const { rpc, plan } = one
    const tx = Buffer.from('a transaction')
    assert.deepEqual(await rpc.broadcastTxSync(tx), { outcome: 'checked', code: 0, log: '' })

    let height = 1
    while ((await two.rpc.block(height)).txs.length === 0) await untilHeight(two.pair, ++height)
    await untilHeight(two.pair, height + 1)
    // Not before: a mempool that checks what a block has left in it says of everything that it is full.
    assert.deepEqual(await rpc.broadcastTxSync(tx), { outcome: 'known' })
    assert.deepEqual(await rpc.broadcastTxAsync(tx), { outcome: 'known' })
    const [block, seal, validators] = await Promise.all([
      two.rpc.block(height),
      two.rpc.commit(height),
      two.rpc.validators(height),
    ])
    assert.deepEqual(
      block.txs.map((bytes) => Buffer.from(bytes)),
      [tx],
    )
    assert.deepEqual(block.id, blockIdOf(sha256, { ...block, evidence: [] }))
    assert.deepEqual(seal.header, block.header)
    assert.equal(seal.canonical, true)
    const hash = headerHash(sha256, seal.header)
    const chainId = chainIdOf(sha256(plan.genesisBytes))
    assert.equal(verifyCommit(nodeCrypto, chainId, validators, hash, height, seal.commit), undefined)
    assert.equal((await rpc.consensusParams()).blockBytesMax, BLOCK_BYTES_MAX)
    assert.deepEqual(await rpc.numUnconfirmedTxs(), { count: 0, bytes: 0 })
    assert.deepEqual(
      (await rpc.netInfo()).map(({ nodeId }) => nodeId),
      [nodeIdOfSecret(two.plan.nodeSecret)],
    )
    assert.ok((await rpc.peerHeightMax()) >= height)

    // Where they stand, while both live and after one has ended.
    const asked = await Promise.all(
      [one, two].map(async ({ plan: { home, moniker } }) => ({ name: moniker, rpcUrl: (await readHome(home)).rpcUrl })),
    )
    /** Asks again while one of the first so many owes an answer: one that lives may be too busy to give it in time. */
    const standOf = async (answering: number): Promise<NetworkStand> => {
      for (;;) {
        const stand = await networkStand(asked, realClock)
        const haveAnswered = stand.nodes.slice(0, answering).every((node) => 'height' in node)
        if (haveAnswered && stand.agreement?.notCompared.length === 0) return stand
      }
    }
    const stand = await standOf(2)
    assert.equal(stand.agreement?.appHashes.length, 1)
    for (const node of stand.nodes) {
      assert.ok('height' in node, 'it answers')
      assert.ok(node.lagMs > 0 && node.lagMs < 60_000)
      assert.equal(node.power, 10)
      assert.equal(node.peers.length, 1)
    }

    // Without half of the power the height stands still, which is nobody's fault who is left.
    await two.pair.stop()
    const halted = await standOf(1)
    assert.deepEqual(
      halted.nodes.map((node) => 'trouble' in node),
      [false, true],
    )
    while (one.pair.alarm === undefined) await once(one.pair, 'alarm')
    assert.equal(one.pair.alarm, 'frozen')
    assert.equal(one.pair.restarts, 0)
    const back = pairOf(t, two.plan)
    const moving = once(one.pair, 'moving')
    await back.pair.start()
    await moving
  })

  it('[PEER-1] [PEER-4] let in nobody whom they do not know, and let go of who is dismissed', async (t) => {
    const [one, two, stranger] = await plans(temporaryFolder(t), 3, 2)
    const settings = { log_level: 'p2p:info,*:error' }
    await layOutHome({ ...one!, peers: one!.peers.filter(({ name }) => name === 'n1'), settings })
    await layOutHome({ ...two!, peers: two!.peers.filter(({ name }) => name === 'n0') })
    await layOutHome(stranger!)
    const pairs = [one!, two!, stranger!].map((plan) => pairOf(t, plan))
    const [first, second, third] = pairs as [TestPair, TestPair, TestPair]
    await Promise.all(pairs.map(({ pair }) => pair.start()))
    await Promise.all([untilHeight(first.pair, 2), untilHeight(third.pair, 0)])

    const log = `${homePaths(one!.home).logs}/comet.log`
    const refusal = new RegExp(`error while adding peer.*${nodeIdOfSecret(stranger!.nodeSecret)}`)
    while (!refusal.test(readText(log))) await delay(50)
    assert.deepEqual(
      (await first.rpc.netInfo()).map(({ moniker }) => moniker),
      ['n1'],
    )
    assert.equal((await third.rpc.status()).height, 0)

    const twoId = nodeIdOfSecret(two!.nodeSecret)
    // It waits only for a moment, which may be over before the change is durable.
    const waiting = first.pair.until('waiting')
    await changePeers(one!.home, [])
    await waiting
    assert.match(first.lines.at(-1)!, new RegExp(`^${twoId} is connected and not listed any more; starting both anew`))
    // The other goes on calling; started anew, it does at once.
    await first.pair.until('running')
    process.kill(second.pair.pid('cometbft')!, 'SIGKILL')
    while (!new RegExp(`error while adding peer.*${twoId}`).test(readText(log))) await delay(50)
    assert.deepEqual(await first.rpc.netInfo(), [])
    assert.equal(first.pair.restarts, 1)
  })
})
