import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'
import { LocalNetwork, missing } from './local-network.ts'

describe('a node that joins a network', { skip: missing }, () => {
  const folders = new Folders()
  let network: LocalNetwork
  let keys = ''
  let files: readonly string[] = []

  before(async () => {
    network = await LocalNetwork.start(await folders.make('n'))
    keys = join(network.dir, 'keys', 'SCNEA')
    files = ['--consortium', join(network.dir, 'public')]
    const stated = { '--org': 'SCNEA', '--name': 'n', '--controller': 'c', '--role': 'full', '--host': '127.0.0.1' }
    const own = { ...stated, '--p2p-port': String(network.first + 50), '--api': 'http://127.0.0.1:1', '--out': keys }
    const made = await dujiang(['network', 'keys', ...Object.entries(own).flat()])
    assert.equal(made.status, 0, made.err)
  })
  after(async () => {
    await network.end()
    await folders.remove()
  })

  it('is not laid out before the members have admitted its card', async () => {
    const refused = await dujiang(['network', 'join', join(network.dir, 'early'), ...files, '--keys', keys])
    assert.equal(refused.status, 2)
    assert.match(refused.err, /admit its card first/)
  })

  it('[CARD-2] is admitted to the list of nodes, and let in by a node that is told', async () => {
    const admitted = await dujiang(['network', 'admit', join(keys, 'card.json'), ...files])
    assert.match(admitted.out, /5 nodes/)
    const home = network.home('SCPX')
    const told = await dujiang(['network', 'peers', home, ...files])
    assert.match(told.out, /4 peers/)
    const { nodeId } = JSON.parse(await readFile(join(keys, 'card.json'), 'utf8'))
    assert.match(await readFile(join(home, 'peers.json'), 'utf8'), new RegExp(nodeId))
  })

  it('[CARD-11] is named by that node at once to whoever asks for nodes, and by no node that was not told', async () => {
    const named = async (port: number): Promise<readonly string[]> => {
      const asked = await dujiang(['query', 'nodes', '--node', `http://127.0.0.1:${port}`])
      assert.equal(asked.status, 0, asked.err)
      const nodes = asked.out.trimEnd().split('\n')
      return nodes.map((line) => JSON.parse(line)).map(({ org, here }) => (here === true ? `${org} itself` : org))
    }
    assert.deepEqual(await named(network.first), ['DADUHE', 'HUADIAN', 'SCNEA', 'SCPX itself', 'SCYH'])
    assert.deepEqual(await named(network.first + 10), ['DADUHE itself', 'HUADIAN', 'SCPX', 'SCYH'])
  })

  it('[CARD-8] by snapshot trusts a header that was verified from the genesis file on', async () => {
    const home = join(network.dir, 'late')
    const rpc = [2, 12].map((port) => `http://127.0.0.1:${network.first + port}`).join(',')
    const how = ['--keys', keys, '--by', 'snapshot', '--from', rpc, '--rpc', String(network.first + 52)]
    const joined = await dujiang(['network', 'join', home, ...files, ...how])
    assert.equal(joined.status, 0, joined.err)
    const [, height, hash] =
      /trusting block (\d+) ([0-9a-f]{64}), verified from the genesis file on/.exec(joined.out) ?? []
    const config = await readFile(join(home, 'comet/config/config.toml'), 'utf8')
    assert.match(config, new RegExp(`enable = true\\nrpc_servers = "${rpc}"\\ntrust_height = ${height}\\n`))
    assert.match(config, new RegExp(`trust_hash = "${hash?.toUpperCase()}"`))

    const state = await readFile(join(home, 'comet/data/priv_validator_state.json'), 'utf8')
    const again = await dujiang(['network', 'join', home, ...files, ...how])
    assert.equal(again.status, 0, again.err)
    assert.match(again.out, /begins from a snapshot once it is empty/)
    const named = `${height}:${hash}`
    const told = await dujiang(['network', 'join', home, ...files, ...how, '--trust', named])
    assert.equal(told.status, 0, told.err)
    const [, later] =
      new RegExp(`trusting block (\\d+) .*, verified from ${named}, which you named, on`).exec(told.out) ?? []
    assert.match(
      await readFile(join(home, 'comet/config/config.toml'), 'utf8'),
      new RegExp(`trust_height = ${later}\n`),
    )
    assert.equal(await readFile(join(home, 'comet/data/priv_validator_state.json'), 'utf8'), state)
  })

  it('[CARD-2] [PEER-4] is dismissed from the list of nodes, and by a node that is told', async () => {
    const dismissed = await dujiang(['network', 'dismiss', 'SCNEA', ...files])
    assert.match(dismissed.out, /4 nodes/)
    const told = await dujiang(['network', 'peers', network.home('SCPX'), ...files])
    assert.match(told.out, /no longer let in: SCNEA;/)
    assert.match(told.out, /3 peers/)
  })

  it('[PEER-5] `network peers` writes a list anew that has a mistake in it', async () => {
    const list = join(network.home('SCPX'), 'peers.json')
    const before = await readFile(list, 'utf8')
    await writeFile(list, '[{"nodeId"')
    const told = await dujiang(['network', 'peers', network.home('SCPX'), ...files])
    assert.equal(told.status, 0, told.err)
    assert.equal(await readFile(list, 'utf8'), before)
  })
})
