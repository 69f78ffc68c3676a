import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { findCometbft, homePaths, layOutHome } from '@dujiang/node/network'
import { realDisk } from '@dujiang/node/seams'
import { rigValidator, trivialFounding, validatorSecret } from '@dujiang/testing/network'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'
import { missing } from './local-network.ts'

describe('a home whose node runs', { skip: missing }, () => {
  const folders = new Folders()
  after(() => folders.remove())

  /** The home of a network of one machine in `dir`. */
  async function homeIn(dir: string, supervisor = 1): Promise<string> {
    await mkdir(join(dir, 'public'))
    await writeFile(join(dir, 'public', 'genesis.json'), '')
    const home = join(dir, 'nodes', 'n')
    await layOutHome({
      home,
      cometbft: (await findCometbft()).path,
      moniker: 'n',
      genesisBytes: trivialFounding([rigValidator(0)], Date.parse('2026-01-01T00:00:00Z')),
      ports: { p2p: { host: '127.0.0.1', port: 1 }, rpc: 1, cometMetrics: 1 },
      peers: [],
      nodeSecret: validatorSecret(1),
      validatorSecret: validatorSecret(0),
    })
    const door = { host: '127.0.0.1', port: 1, tls: false, metrics: { ledger: 1, supervisor } }
    await writeFile(join(home, 'door.json'), JSON.stringify(door))
    return home
  }

  it('[PAIR-7] is not run twice, and is still stopped by who asks for it', async (t) => {
    const home = await homeIn(await folders.make('s'))
    // This process has the home for as long as that one lives.
    const { lock: path } = homePaths(home)
    const lock = await realDisk.lock(path)
    const runner = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    t.after(() => runner.kill('SIGKILL'))
    const released = once(runner, 'exit').then(() => lock.release())
    const holder = JSON.stringify({ pid: runner.pid, url: 'http://127.0.0.1:1' })
    await writeFile(join(home, 'holder.json'), holder)

    const second = await dujiang(['network', 'start', home])
    assert.equal(second.status, 1)
    assert.match(second.err, /runs already: dujiang network stop it first/)
    assert.equal(second.out, '')
    assert.equal(await readFile(join(home, 'holder.json'), 'utf8'), holder)

    const stopped = await dujiang(['network', 'stop', home])
    assert.equal(stopped.status, 0, stopped.err)
    assert.match(stopped.out, new RegExp(`stopped \\(process ${runner.pid}\\)`))
    await released

    const again = await dujiang(['network', 'stop', home])
    assert.equal(again.status, 1)
    assert.match(again.err, /no node runs in /)
    const other = await realDisk.lock(path)
    const unknown = await dujiang(['network', 'stop', home])
    await other.release()
    assert.equal(unknown.status, 1)
    assert.match(unknown.err, /a process that holder\.json does not name holds /)
  })

  it('[PAIR-7] keeps the note of who runs it, whose process may have the same number in another container', async () => {
    const dir = await folders.make('c')
    const home = await homeIn(dir)
    const lock = await realDisk.lock(homePaths(home).lock)
    const note = join(home, 'holder.json')
    for (const args of [
      ['start', home],
      ['local', '--dir', dir],
    ]) {
      await rm(note, { force: true })
      const noted = `printf '{"pid":%s,"url":"http://127.0.0.1:1"}' $$ > "$0"; exec "$@"`
      const second = await dujiang(['network', ...args], { wrap: ['sh', '-c', noted, note] })
      assert.equal(second.status, 1, second.err)
      assert.match(second.err, /the node of .*\/nodes\/n runs already: dujiang network stop it first/)
      assert.ok(existsSync(note))
    }
    await lock.release()
  })

  it('is named by a network of one machine, where a port of its own is in use', async (t) => {
    const other = createServer().listen(0, '127.0.0.1')
    t.after(() => other.close())
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const dir = await folders.make('p')
    const home = await homeIn(dir, port)
    const { status, err } = await dujiang(['network', 'local', '--dir', dir])
    assert.equal(status, 2)
    assert.match(err, new RegExp(`the port ${port} is in use: ${home}/door\\.json says which ports the node has`))
    assert.ok(!existsSync(join(home, 'holder.json')))
  })
})
