import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type Asked, Asking, framed } from '@dujiang/testing/abci'
import { actorOf, trivialApp, trivialGenesis } from '@dujiang/testing/trivial'
import { Response } from '../../src/engine/comet/abci/index.ts'
import { NodeMetrics } from '../../src/metrics/index.ts'
import { changePeers, homePaths, layOutHome, openHomeNode } from '../../src/network/index.ts'
import { atEnd, plans, secret, skip, temporaryFolder } from './homes.ts'
import { nodeIdOfSecret } from '../../src/network/keys.ts'

/** The ledger's half of a fresh home that lets `n1` in, asked as its cometbft process would ask it. */
async function openHalf(t: Parameters<typeof atEnd>[0], metrics: NodeMetrics) {
  const [plan] = await plans(temporaryFolder(t), 2)
  const genesisBytes = trivialGenesis([actorOf('ONE')])
  await layOutHome({ ...plan!, genesisBytes })
  const node = await openHomeNode(plan!.home, trivialApp(), { workers: 0, metrics })
  atEnd(t, () => node.close())
  const paths = homePaths(plan!.home)
  const asking = await Asking.of(paths.socket)
  atEnd(t, () => asking.close())
  const letsIn = async (nodeId: string): Promise<boolean> => {
    const value = { path: `/p2p/filter/id/${nodeId}`, data: new Uint8Array(0), height: 0n, prove: false }
    const [answer] = await asking.ask(framed([{ $case: 'query', value } satisfies Asked]), 1)
    const decoded = Response.decode(answer!).value
    assert.ok(decoded?.$case === 'query')
    return decoded.value.code === 0
  }
  return { plan: plan!, paths, letsIn }
}

const id = (at: number) => nodeIdOfSecret(secret(100 + at))

describe('the ledger’s half of a home', { skip }, () => {
  it('[PEER-2] answers who is let in from the list as it is now, or as it last could be read', async (t) => {
    const { plan, paths, letsIn } = await openHalf(t, new NodeMetrics())
    const [known] = plan.peers
    assert.equal(known?.nodeId, id(1))
    assert.deepEqual([await letsIn(id(1)), await letsIn(id(2))], [true, false])
    await changePeers(plan.home, [{ ...known!, nodeId: id(2) }])
    assert.deepEqual([await letsIn(id(2)), await letsIn(id(1))], [true, false])
    writeFileSync(paths.peers, '[{"nodeId"')
    assert.deepEqual([await letsIn(id(2)), await letsIn(id(1))], [true, false])
    await changePeers(plan.home, [])
    assert.equal(await letsIn(id(2)), false)
  })

  it('[MET-2] times the calls of the engine', async (t) => {
    const metrics = new NodeMetrics()
    const { letsIn } = await openHalf(t, metrics)
    await letsIn(id(1))
    assert.match(await metrics.registry.metrics(), /^dujiang_abci_seconds_count\{method="query"\} 1$/m)
  })
})
