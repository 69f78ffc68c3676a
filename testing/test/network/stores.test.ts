import assert from 'node:assert/strict'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { homePaths } from '@dujiang/node/network'
import { Cluster, type Load, cometHere, loadOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const LONG = process.env['DUJIANG_LONG'] === '1'

/** Blocks that the engine keeps, and how often so many are made. */
const BLOCKS_KEPT = LONG ? 1_000 : 20
const ROUNDS = LONG ? 10 : 3
/** Of the first rounds, after which the stores are as large as they come to be. */
const WARM_ROUNDS = ROUNDS / 2
/** What a store of LevelDB may hold beside what is in it: tables that wait for their compaction. */
const SPARE_BYTES = 8 * 1024 * 1024
/** Beyond the blocks kept: the last record, and what is not sealed yet. */
const SLACK_BLOCKS = 10

const MB = 1_048_576

async function bytesIn(dir: string): Promise<number> {
  const entries = await readdir(dir, { withFileTypes: true })
  const sizes = await Promise.all(
    // A store removes files while it is looked at.
    entries.map(async ({ parentPath, name }) => (await stat(join(parentPath, name)).catch(() => undefined))?.size ?? 0),
  )
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

/** What two days and a hundred thousand blocks are in earnest is over at once: of what is dropped, nothing is kept. */
async function letProofsExpire(cometGenesis: string): Promise<void> {
  const document = JSON.parse(await readFile(cometGenesis, 'utf8'))
  Object.assign(document.consensus_params.evidence, { max_age_num_blocks: '1', max_age_duration: '1' })
  await writeFile(cometGenesis, JSON.stringify(document))
}

describe('the stores of an engine that runs for long', { skip }, () => {
  let cluster: Cluster
  let load: Load

  before(async () => {
    // One validator that waits for nobody makes as many blocks as it can.
    const settings = { consensus: { timeout_commit: '1ms' } }
    const half = { blocksKept: BLOCKS_KEPT }
    cluster = await Cluster.layOut({ validators: 1, cometbft, form: 'inside', settings, half })
    await letProofsExpire(homePaths(cluster.member(0).place.home).cometGenesis)
    await cluster.startAll()
    load = await loadOn(cluster, 3, { promises: false })
    await load.start()
  })
  after(() => cluster.close(load))

  it('[CMT-14] hold the blocks that are kept, however many have been made', async (t) => {
    const { rpc, place } = cluster.member(0)
    const data = join(homePaths(place.home).comet, 'data')
    const sizes: number[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      await cluster.advance(BLOCKS_KEPT)
      // What is not sealed yet is kept too, which on a busy machine is more for a moment.
      const hasDropped = async (): Promise<boolean> => {
        const { height, earliestHeight } = await rpc.status()
        return height - earliestHeight <= BLOCKS_KEPT + SLACK_BLOCKS
      }
      if (round > 1) await cluster.until('it keeps so many blocks and no more', hasDropped)
      const [blocks, states, log] = await Promise.all([
        bytesIn(join(data, 'blockstore.db')),
        bytesIn(join(data, 'state.db')),
        bytesIn(join(data, 'cs.wal')),
      ])
      const { height, earliestHeight } = await rpc.status()
      const [blocksMb, statesMb, logMb] = [blocks, states, log].map((bytes) => (bytes / MB).toFixed(1))
      t.diagnostic(
        `height ${height}, from ${earliestHeight} on: MB of blocks ${blocksMb}, states ${statesMb}, messages ${logMb}`,
      )
      sizes.push(blocks + states)
    }
    const [warm, later] = [sizes.slice(0, WARM_ROUNDS), sizes.slice(WARM_ROUNDS)]
    assert.ok(Math.max(...later) <= Math.max(...warm) + SPARE_BYTES, sizes.join(' '))
  })
})
