import assert from 'node:assert/strict'
import { type TestContext, after, before, describe, it } from 'node:test'
import { Cluster, type Fault, type Load, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()

/** Each has one act on its way: one answer more than these is to an act sent afterwards. */
const ACTORS = 3

/** A validator that decides alone: every step of a height is its own. */
describe('a node that dies at a step of a height', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    cluster = await Cluster.start({ validators: 1, cometbft, form: 'pairs' })
    load = await loadOn(cluster, ACTORS)
    await load.start()
  })
  after(() => cluster.close(load))

  async function recovers(t: TestContext, what: string): Promise<void> {
    const startMs = performance.now()
    await load.more(ACTORS + 1)
    t.diagnostic(`${what}: ${Math.round(performance.now() - startMs)} ms until it goes on`)
  }

  const deaths: readonly (readonly [string, Fault])[] = [
    ['as it is asked to prepare a proposal', { kind: 'dieAsked', method: 'prepareProposal' }],
    ['as it is asked to judge a proposal', { kind: 'dieAsked', method: 'processProposal' }],
    ['as it is asked to execute a block', { kind: 'dieAsked', method: 'finalizeBlock' }],
    ['as it is asked to commit', { kind: 'dieAsked', method: 'commit' }],
    ['before it writes the block', { kind: 'dieWriting', moment: 'before' }],
    ['half-way through writing the block', { kind: 'dieWriting', moment: 'torn' }],
    ['once the block is durable', { kind: 'dieWriting', moment: 'after' }],
    ['when its disk is full', { kind: 'full' }],
  ]
  for (const [what, fault] of deaths) {
    it(`[CMT-8] comes back by itself when it dies ${what}`, async (t) => {
      const member = cluster.member(0)
      await load.more(3)
      // With a full disk the ledger closes the connection, upon which the engine ends.
      const gone = member.untilGone(fault.kind === 'full' ? 'cometbft' : 'app')
      member.befall(fault)
      await gone
      await recovers(t, what)
    })
  }

  it('goes on with a disk that takes 300 ms to sync', async (t) => {
    cluster.member(0).befall({ kind: 'slowSync', ms: 300 })
    await recovers(t, 'slow syncs')
  })

  it('has lost and doubled nothing in the end, and was asked by the grammar of ABCI', async () => {
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [], cluster.lines.join('\n'))
  })
})
