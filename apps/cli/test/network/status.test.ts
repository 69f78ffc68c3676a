import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { it } from 'node:test'
import { homePaths } from '@dujiang/node/network'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'

it('[STILL-6] dujiang network status says what is the matter with a node whose peers give it no block', async (t) => {
  const folders = new Folders()
  const supervisor = createServer((_, response) => response.end('dujiang_pair_alarm 1\ndujiang_pair_stranded 1\n'))
  t.after(async () => {
    await new Promise((closed) => supervisor.close(closed))
    await folders.remove()
  })
  await new Promise<void>((done) => supervisor.listen(0, '127.0.0.1', done))
  const home = join(await folders.make('status'), 'n')
  const { config, peers } = homePaths(home)
  await mkdir(dirname(config), { recursive: true })
  await writeFile(config, 'moniker = "n7"\n[rpc]\nladdr = "tcp://127.0.0.1:1"\n[p2p]\n[instrumentation]\n[statesync]\n')
  await writeFile(peers, '[]')
  const metrics = { ledger: 1, supervisor: (supervisor.address() as AddressInfo).port }
  await writeFile(join(home, 'door.json'), JSON.stringify({ host: '127.0.0.1', port: 1, tls: false, metrics }))
  const { status, out } = await dujiang(['network', 'status', home])
  assert.equal(status, 1)
  assert.match(out, /^n7: its peers are further and give it no block.*join --by snapshot/m)
})
