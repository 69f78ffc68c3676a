import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { writeGenesis } from '@dujiang/chain'
import { TestMarket, exchange, personOf } from '@dujiang/testing/market-fixture'
import { Folders } from './export-rig.ts'
import { keyFileOf } from './key-files.ts'
import { dujiang } from './run.ts'
import { type Serving, serving } from './serving.ts'

describe('dujiang projections', () => {
  const folders = new Folders()
  let data = ''
  let node: Serving | undefined
  let receipts = 0

  before(async () => {
    const dir = await folders.make('projections')
    data = join(dir, 'data')
    const genesis = join(dir, 'genesis.json')
    const fixture = JSON.parse(Buffer.from(new TestMarket().genesisBytes).toString())
    await writeFile(genesis, writeGenesis({ ...fixture, time: 1_700_000_000_000 }))
    const validator = await keyFileOf(dir, personOf('SCPX', 'node'))
    const start = ['start', '--data', data, '--genesis', genesis, '--key', validator, '--port', '0']
    node = await serving([...start, '--lang', 'en', '--log-level', 'info'])
    const key = await keyFileOf(dir, exchange)
    for (const sequence of ['Q1', 'Q2']) {
      const file = join(dir, `${sequence}.json`)
      await writeFile(file, JSON.stringify({ act: 'auction.sequence.open', payload: { name: '月度', sequence } }))
      const { status, err } = await dujiang(['submit', file, '--key', key, '--node', node.url])
      assert.equal(status, 0, err)
      receipts += 1
    }
  })
  after(async () => {
    node?.child.kill('SIGKILL')
    await folders.remove()
  })

  const projections = (...args: string[]) => dujiang(['projections', ...args, '--data', data, '--lang', 'en'])

  it('[PRN-7] makes the lists of a running node again, and says from how many receipts', async () => {
    const { status, out, err } = await projections('rebuild', '--json')
    assert.equal(status, 0, err)
    const { rebuilt, receipts: counted } = JSON.parse(out)
    assert.deepEqual([rebuilt, counted], [true, receipts])
  })

  it('says how far lists are behind', async () => {
    const { status, out, err } = await projections('status', '--json')
    assert.equal(status, 0, err)
    assert.deepEqual(JSON.parse(out), { receipts, lag: 0, lagMs: 0 })
    assert.match((await projections('status')).out, /lists have 2 receipts and are 0 behind/)
  })

  it('[PRN-7] has them made again at the next start of a node that does not run', async () => {
    const child = node?.child
    assert.ok(child !== undefined)
    const over = once(child, 'exit')
    child.kill('SIGTERM')
    await over
    assert.equal((await projections('status')).status, 1)
    const { status, out } = await projections('rebuild')
    assert.equal(status, 0)
    assert.match(out, /when it starts/)
    assert.equal(existsSync(join(data, 'projections', 'rebuild')), true)
  })

  it('refuses where there are no lists, and a place that is none', async () => {
    const nowhere = await dujiang(['projections', 'rebuild', '--data', join(data, 'nowhere')])
    assert.equal(nowhere.status, 1)
    const wrong = await dujiang(['start', '--data', data, '--key', 'k', '--projections', 'mysql://x'])
    assert.equal(wrong.status, 2)
    assert.match(wrong.err, /postgres/)
  })
})
