import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type TestContext, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { grammarBreak } from '@dujiang/testing/abci'
import { InsideMember, callsOf, freePorts, trivialFounding } from '@dujiang/testing/network'
import { type HomePlan, layOutHome } from '../../src/network/index.ts'
import { SimClock } from '../../src/seams/index.ts'
import { atEnd, cometbft, plans, skip, temporaryFolder } from './homes.ts'
import { pairOf, untilHeight } from './pairs.ts'

const LOOK_MS = 50

/** A whole node over a home, whose ledger goes by this clock. */
async function nodeOver(t: TestContext, { home, moniker, ports }: HomePlan, clock: SimClock): Promise<InsideMember> {
  const [apiPort] = await freePorts(1)
  const place = {
    name: moniker,
    home,
    apiPort: apiPort!,
    p2pPort: ports.p2p.port,
    rpcUrl: `http://127.0.0.1:${ports.rpc}`,
  }
  const half = { clock, workers: 0 }
  const node = new InsideMember({ place, cometbft: cometbft!.path, application: 'trivial', half })
  atEnd(t, async () => {
    node.rpc.close()
    await node.stop()
  })
  return node
}

describe('a node whose peer keeps no block that it lacks', { skip }, () => {
  it('[CMT-14] says so at /v1/status once it has stood still, and is not ready', async (t) => {
    const [ahead, late] = await plans(temporaryFolder(t), 2, 1)
    const { validators, time } = readGenesis(nodeCrypto.sha256, ahead!.genesisBytes).genesis
    for (const plan of [ahead!, late!]) {
      await layOutHome({ ...plan, genesisBytes: trivialFounding(validators, time) })
    }
    const { pair, rpc } = pairOf(t, ahead!)
    await pair.start()
    await untilHeight(pair, 1)
    await rpc.broadcastTxSync(Buffer.from('forget'))
    while ((await rpc.status()).earliestHeight === 1) await once(pair, 'height')

    // Its clock stands still, so that what it says after a while is heard at once.
    const clock = new SimClock(Date.now())
    const node = await nodeOver(t, late!, clock)
    await node.start()
    const ask = async (path: string): Promise<{ readonly code: number; readonly stalled: string }> => {
      const answer = await fetch(node.url + path)
      return { code: answer.status, ...((await answer.json()) as { readonly stalled: string }) }
    }
    assert.equal((await ask('/v1/status')).stalled, 'the node is starting')
    while ((await node.rpc.peerHeightMax().catch(() => 0)) < 3) await delay(LOOK_MS)
    const lacks = /^no block for \d+ s, while another node has block \d+: this one gets none of those it lacks; /
    for (; !lacks.test((await ask('/v1/status')).stalled); await delay(LOOK_MS)) {
      await clock.advanceTo(clock.nowMs() + 5_000)
    }
    const health = await ask('/health')
    assert.equal(health.code, 503)
    assert.match(health.stalled, lacks)
    await node.stop()
    assert.equal(grammarBreak(await callsOf(late!.home)), undefined)
  })
})
