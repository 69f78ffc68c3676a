import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Folders } from '../export-rig.ts'
import { type Ran, dujiang } from '../run.ts'
import { LocalNetwork, missing } from './local-network.ts'

describe('dujiang network local', { skip: missing }, () => {
  const folders = new Folders()
  let network: LocalNetwork

  before(async () => {
    network = await LocalNetwork.start(await folders.make('n'), 29_000, '--tls')
  })
  after(async () => {
    await network.end()
    await folders.remove()
  })

  const online = (org: string, ...args: readonly string[]): Promise<Ran> => {
    const tls = join(network.dir, 'keys', org)
    return dujiang(['network', 'validator', ...args, '--node', `https://127.0.0.1:${network.first}`, '--tls', tls])
  }
  const keyOf = (name: string): string => join(network.dir, 'people', `${name}.json`)

  it('runs four organisations on one machine; status says that they agree', async () => {
    const { nodes, app_hashes } = JSON.parse((await network.status()).out)
    assert.equal(app_hashes.length, 1)
    assert.deepEqual(
      nodes.map(({ power, alarm }: { power: number; alarm: boolean }) => [power, alarm]),
      Array(4).fill([10, false]),
    )
  })

  it('changes validators by a decision of those who run one, over TLS', async () => {
    const proposed = await online('SCPX', 'propose', 'power', 'SCYH', '8', '--key', keyOf('SCPX-zhang'))
    assert.equal(proposed.status, 0, proposed.err)
    const { id } = JSON.parse(proposed.out)
    const before = JSON.parse((await online('SCPX', 'list', '--json')).out)
    assert.deepEqual(
      before.proposals.map((each: { id: string }) => each.id),
      [id],
    )
    for (const person of ['DADUHE-bidder', 'HUADIAN-bidder']) {
      const approved = await online('DADUHE', 'approve', id, '--key', keyOf(person))
      assert.equal(approved.status, 0, approved.err)
    }
    const { validators, proposals } = JSON.parse((await online('SCPX', 'list', '--json')).out)
    assert.deepEqual(proposals, [])
    assert.equal(validators.find(({ org }: { org: string }) => org === 'SCYH').power, 8)
  })

  it('[CARD-7] restarts a node and waits until it is back', async () => {
    const home = network.home('DADUHE')
    const pids = (): Promise<string> => readFile(join(home, 'children.json'), 'utf8')
    const before = await pids()
    const restarted = await dujiang(['network', 'restart', home])
    assert.equal(restarted.status, 0, restarted.err)
    assert.match(restarted.out, /DADUHE is back, at height \d+/)
    assert.notEqual(await pids(), before)
  })

  it('ends all with one signal', async () => {
    const stopped = await dujiang(['network', 'stop', network.home('SCPX')])
    assert.equal(stopped.status, 0, stopped.err)
    assert.equal(await network.ended, 0)
    assert.equal((await network.status()).status, 1)
  })
})
