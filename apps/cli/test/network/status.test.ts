import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { it } from 'node:test'
import { type Compared, homePaths, type NodeStand } from '@dujiang/node/network'
import type { Numbers } from '../../src/network/numbers-of.ts'
import { isWell } from '../../src/network/status.ts'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'

const stands = (name: string): NodeStand => ({
  name,
  nodeId: '',
  height: 7,
  timeMs: 0,
  lagMs: 0,
  appHash: 'aa',
  catchingUp: false,
  peers: [],
  power: 10,
})
const well: Numbers = {
  receipts: 1,
  pending: 0,
  ready: true,
  olderCopy: false,
  alarm: false,
  stranded: false,
  halvesApart: false,
  listUnreadable: false,
  restarts: 0,
}
const agreed: Compared = { height: 7, appHashes: ['aa'], notCompared: [] }

it('[STAND-2] a network is well only where every node says so, in all its parts', () => {
  const nodes = [stands('n0'), stands('n1')]
  assert.equal(isWell({ nodes, agreement: agreed }, [well, well]), true)
  const silent: Numbers = { ...well, alarm: undefined, listUnreadable: undefined }
  for (const other of [
    silent,
    { ...well, alarm: true },
    { ...well, ready: false },
    { ...well, ready: undefined },
    { ...well, listUnreadable: true },
  ]) {
    assert.equal(isWell({ nodes, agreement: agreed }, [well, other]), false, JSON.stringify(other))
  }
  const down = [stands('n0'), { name: 'n1', trouble: 'no answer' }]
  assert.equal(isWell({ nodes: down, agreement: agreed }, [well, well]), false)
  for (const agreement of [undefined, { ...agreed, appHashes: ['aa', 'bb'] }, { ...agreed, notCompared: ['n1'] }]) {
    assert.equal(isWell({ nodes, agreement }, [well, well]), false, JSON.stringify(agreement))
  }
})

it('[STILL-6] [STILL-7] [PEER-5] dujiang network status says what is the matter with a node', async (t) => {
  const folders = new Folders()
  const shown = ['alarm', 'stranded', 'halves_apart', 'list_unreadable']
    .map((name) => `dujiang_pair_${name} 1\n`)
    .join('')
  const supervisor = createServer((_, response) => response.end(shown))
  t.after(async () => {
    await new Promise((closed) => supervisor.close(closed))
    await folders.remove()
  })
  await new Promise<void>((done) => supervisor.listen(0, '127.0.0.1', done))
  const home = join(await folders.make('status'), 'n')
  const { config, peers } = homePaths(home)
  await mkdir(dirname(config), { recursive: true })
  await writeFile(config, 'moniker = "n7"\n[rpc]\nladdr = "tcp://127.0.0.1:1"\n[p2p]\n[instrumentation]\n[statesync]\n')
  await writeFile(peers, '[{')
  const metrics = { ledger: 1, supervisor: (supervisor.address() as AddressInfo).port }
  await writeFile(join(home, 'door.json'), JSON.stringify({ host: '127.0.0.1', port: 1, tls: false, metrics }))
  const { status, out } = await dujiang(['network', 'status', home])
  assert.equal(status, 1)
  assert.match(out, /^n7: its peers are further and give it no block.*join --by snapshot/m)
  assert.match(out, /^n7: the two halves of its home do not fit together/m)
  assert.match(out, /^n7: there is a mistake in peers\.json/m)
})
