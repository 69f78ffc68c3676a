import assert from 'node:assert/strict'
import { type TestContext, after, before, describe, it } from 'node:test'
import { seededRandom } from '@dujiang/node/seams'
import {
  Cluster,
  IMPATIENT,
  type Load,
  type Part,
  callsOf,
  cometHere,
  loadOn,
  verdictOn,
} from '@dujiang/testing/network'
import { killSeed } from '../../src/kill/run.ts'

const { cometbft, skip } = await cometHere()

const LONG = process.env['DUJIANG_LONG'] === '1'
/** Blocks that are made without the fourth. */
const BLOCKS_WITHOUT = LONG ? 100 : 4
const KILLS = LONG ? 40 : 3
/** Of the network's actors, each has one act on its way: one answer more than these is to an act sent afterwards. */
const ACTORS = 4

describe('a network of four organisations', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    cluster = await Cluster.start({ validators: 4, cometbft, form: 'pairs', ...(LONG ? {} : { settings: IMPATIENT }) })
    load = await loadOn(cluster, ACTORS)
    await load.start()
  })
  after(() => cluster.close(load))

  /** How long until the whole network has come so much further, every node of it. */
  async function recovers(t: TestContext, what: string): Promise<void> {
    const startMs = performance.now()
    await cluster.advance(1)
    await load.more(ACTORS + 1)
    t.diagnostic(`${what}: ${Math.round(performance.now() - startMs)} ms until all go on`)
  }

  it('takes acts through each of its nodes and leads all to one state', async () => {
    for (const at of cluster.members.keys()) {
      const { height, chain } = await cluster.clientOf(at).status()
      assert.ok(height > 0 && chain.length === 64)
    }
    await load.more(20)
    await cluster.agree()
  })

  const parts: readonly (Part | 'both')[] = ['app', 'cometbft', 'both']
  it(`survives ${KILLS} times kill -9 of a node's ledger, its engine or both, which come back by themselves`, async (t) => {
    const seed = killSeed()
    const random = seededRandom(seed)
    t.diagnostic(`repeat the choices with: DUJIANG_SEED=${seed} node --test testing/test/network/faults.test.ts`)
    for (let kill = 0; kill < KILLS; kill++) {
      const part = parts[kill % parts.length] as Part | 'both'
      const at = random.below(cluster.members.length)
      await load.more(random.below(20))
      await cluster.member(at).kill(part)
      await recovers(t, `kill -9 of ${part} of node ${at}`)
    }
  })

  it('goes on with one of four down, which catches up when it is back', async (t) => {
    await cluster.member(1).stop()
    await cluster.advance(BLOCKS_WITHOUT, [0, 2, 3])
    await load.more(10)
    await cluster.member(1).start()
    await recovers(t, 'one of four back')
    await cluster.agree()
  })

  it('halts with two of four down, does not fork, and resumes when one is back', async (t) => {
    await Promise.all([cluster.member(0).stop(), cluster.member(2).stop()])
    await cluster.standsStill(2_000, [1, 3])
    const startMs = performance.now()
    await cluster.member(0).start()
    await cluster.advance(1, [0, 1, 3])
    t.diagnostic(`two of four down, one back: ${Math.round(performance.now() - startMs)} ms until three go on`)
    await cluster.member(2).start()
    await recovers(t, 'the other back')
    await cluster.agree()
  })

  it('has lost and doubled nothing in the end, by any of its journals, and was asked by the grammar of ABCI', async (t) => {
    const { problems, acknowledged } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [], cluster.lines.join('\n'))
    const promised = acknowledged.filter(({ kind }) => kind === 'promised').length
    t.diagnostic(`${acknowledged.length} acknowledged, ${promised} of them promised`)
    assert.ok(promised > 10)
    for (const { place } of cluster.members) {
      assert.ok((await callsOf(place.home)).length > 100, place.name)
    }
  })
})
