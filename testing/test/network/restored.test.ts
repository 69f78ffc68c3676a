import assert from 'node:assert/strict'
import { cp, readdir, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, after, before, describe, it } from 'node:test'
import { homePaths } from '@dujiang/node/network'
import { Cluster, type Load, cometHere, loadOn, verdictOn } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()

/** Each has one act on its way: one answer more than these is to an act sent afterwards. */
const ACTORS = 3

let cluster: Cluster
let load: Load

async function begin(promises: boolean): Promise<void> {
  cluster = await Cluster.start({ validators: 1, cometbft, form: 'pairs' })
  load = await loadOn(cluster, ACTORS, { promises })
  await load.start()
}

async function recovers(t: TestContext, what: string): Promise<void> {
  const startMs = performance.now()
  await load.more(ACTORS + 1)
  t.diagnostic(`${what}: ${Math.round(performance.now() - startMs)} ms until it goes on`)
}

async function hasLostNothing(): Promise<void> {
  const { problems } = await verdictOn(cluster, load)
  assert.deepEqual(problems, [], cluster.lines.join('\n'))
}

describe('a node restored from an older disk', { skip }, () => {
  // What was promised since yesterday and is in no block yet is lost with the disk that was to keep it.
  before(() => begin(false))
  after(() => cluster.close(load))

  it('[CMT-14] catches up from what the engine keeps', async (t) => {
    const member = cluster.member(0)
    const { ledger } = homePaths(member.place.home)
    await member.stop()
    await cp(ledger, `${ledger}.yesterday`, { recursive: true })
    await member.start()
    await recovers(t, 'a new day')
    await member.stop()
    await rm(ledger, { recursive: true })
    await cp(`${ledger}.yesterday`, ledger, { recursive: true })
    await member.start()
    await recovers(t, "yesterday's disk")
  })

  it('has lost and doubled nothing in the end', hasLostNothing)
})

describe('a node whose journal is behind its engine', { skip }, () => {
  before(() => begin(true))
  after(() => cluster.close(load))

  it('[CMT-14] catches up from nothing, and keeps what it had promised', async (t) => {
    const member = cluster.member(0)
    await load.more(3)
    await member.stop()
    await rm(join(homePaths(member.place.home).ledger, 'journal'), { recursive: true })
    await member.start()
    await recovers(t, 'an empty journal')
  })

  it('[CMT-8] cuts off the torn end of its journal and is given those blocks again', async (t) => {
    const member = cluster.member(0)
    const journal = join(homePaths(member.place.home).ledger, 'journal')
    await load.more(3)
    await member.kill('both')
    await member.stop()
    const segment = join(
      journal,
      (await readdir(journal))
        .filter((name) => !name.includes('lock'))
        .sort()
        .at(-1) as string,
    )
    await truncate(segment, (await stat(segment)).size - 100)
    await member.start()
    await recovers(t, 'a torn journal')
  })

  it('has lost and doubled nothing in the end', hasLostNothing)
})
