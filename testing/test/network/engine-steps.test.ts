import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { grammarBreak } from '@dujiang/testing/abci'
import { Cluster, InsideMember, type Load, callsOf, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()

/** Points of one block at which CometBFT can be told to die (libs/fail). */
const INDICES = 11

describe('a ledger whose engine dies at a step of a height', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    cluster = await Cluster.start({ validators: 1, cometbft, form: 'inside' })
    load = await loadOn(cluster, 3)
    load.start()
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
      await cluster.advance(1)
      await load.more(3)
      t.diagnostic(`point ${index}: ${Math.round(performance.now() - startMs)} ms until it goes on`)
      await member.kill('cometbft')
    }
    await member.start()
  })

  it('has lost and doubled nothing in the end, and was asked by the grammar of ABCI', async () => {
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [])
    const calls = await callsOf(cluster.member(0).place.home)
    assert.equal(grammarBreak(calls), undefined)
    assert.ok(new Set(calls.map(({ process }) => process)).size >= 2 * INDICES)
  })
})
