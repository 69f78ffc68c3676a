import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Cluster, type Load, cometAhead, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const LONG = process.env['DUJIANG_LONG'] === '1'
const BLOCKS = 60
const AHEAD_MS = 120_000
/** Block time of a network on a busy machine may be so far behind the clock, and never so far ahead. */
const LAG_MS_MAX = 30_000

describe('a validator whose clock is two minutes ahead', {
  skip: skip === false ? !LONG && 'minutes: npm run test:faults' : skip,
}, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    const ahead = await cometAhead()
    cluster = await Cluster.start({
      validators: 4,
      cometbft,
      cometbftOf: (at) => (at === 3 ? ahead : undefined),
      form: 'pairs',
    })
    load = await loadOn(cluster, 4)
    await load.start()
  })
  after(() => cluster.close(load))

  it('[CMT-14] pushes no block time: that is the median of what all signed', async (t) => {
    const lags: number[] = []
    for (let block = 0; block < BLOCKS; block++) {
      await cluster.advance(1)
      const { nodes } = await cluster.stand()
      for (const node of nodes) if ('lagMs' in node) lags.push(node.lagMs)
    }
    const [least, most] = [Math.min(...lags), Math.max(...lags)]
    t.diagnostic(`block time behind the clock: ${least} to ${most} ms over ${BLOCKS} blocks`)
    assert.ok(least > -AHEAD_MS / 4 && most < LAG_MS_MAX, `${least} to ${most} ms`)
    await cluster.agree()
  })

  it('has lost and doubled nothing in the end', async () => {
    const { problems } = await verdictOn(cluster, load)
    assert.deepEqual(problems, [])
  })
})
