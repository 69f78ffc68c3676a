import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Cluster, IMPATIENT, type Load, Namespaces, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const LONG = process.env['DUJIANG_LONG'] === '1'
/** Heights that three go on without the fourth. */
const BLOCKS = LONG ? 60 : 3
/** How long two and two look at each other in vain. */
const STILL_MS = LONG ? 60_000 : 2_000

const hosts = skip === false ? Namespaces.make(4) : undefined
const noHosts = hosts === undefined && 'network namespaces cannot be made here: run as root on Linux'

describe('a network whose cables are pulled', { skip: skip === false ? noHosts : skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    const form = hosts as Namespaces
    cluster = await Cluster.start({ validators: 4, cometbft, form, ...(LONG ? {} : { settings: IMPATIENT }) })
    load = await loadOn(cluster, 4)
    await load.start()
    await load.more(8)
  })
  after(async () => {
    await cluster.close(load).finally(() => hosts?.remove())
  })

  const cut = (others: readonly number[]): void => {
    for (const at of others) hosts?.plug(at, 'b')
  }
  const heal = (others: readonly number[]): number => {
    for (const at of others) hosts?.plug(at, 'a')
    return performance.now()
  }

  it('goes on with three when one is cut off, which catches up when the cable is back', async (t) => {
    cut([3])
    await cluster.advance(BLOCKS, [0, 1, 2])
    await cluster.standsStill(2_000, [3])
    const startMs = heal([3])
    await cluster.advance(2)
    t.diagnostic(`3|1 healed: all go on after ${Math.round(performance.now() - startMs)} ms`)
    await cluster.agree()
  })

  it('halts on both sides when two are cut off from two, does not fork, and resumes', async (t) => {
    cut([2, 3])
    await cluster.standsStill(STILL_MS)
    const startMs = heal([2, 3])
    await cluster.advance(2)
    t.diagnostic(`2|2 healed: all go on after ${Math.round(performance.now() - startMs)} ms`)
    await load.more(8)
    await cluster.agree()
  })

  it('has lost and doubled nothing in the end', async () => {
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [], cluster.lines.join('\n'))
  })
})
