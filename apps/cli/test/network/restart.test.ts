import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, describe, it } from 'node:test'
import { homePaths } from '@dujiang/node/network'
import { type DiskLock, realDisk } from '@dujiang/node/seams'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'

describe('dujiang network restart', () => {
  const folders = new Folders()
  const locks: DiskLock[] = []
  let engine: ChildProcess | undefined
  after(async () => {
    engine?.kill('SIGKILL')
    await Promise.all(locks.map((lock) => lock.release()))
    await folders.remove()
  })

  /** A home that a supervisor, this process, holds; with an engine that it has noted, or none. */
  async function heldHome(home: string, noted: readonly { readonly pid: number; readonly argv: readonly string[] }[]) {
    const paths = homePaths(home)
    await mkdir(dirname(paths.config), { recursive: true })
    const tables = '[rpc]\nladdr = "tcp://127.0.0.1:1"\n[p2p]\n[instrumentation]\n[statesync]\n'
    await writeFile(paths.config, `moniker = "n"\n${tables}`)
    await writeFile(paths.peers, '[]')
    await writeFile(paths.children, JSON.stringify(noted))
    locks.push(await realDisk.lock(paths.lock))
  }

  it('[CARD-7] says that nothing was ended where one cannot be restarted, and leaves the others alone', async () => {
    const dir = await folders.make('homes')
    const [first, second] = [join(dir, 'a'), join(dir, 'b')]
    engine = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
    await heldHome(first, [])
    await heldHome(second, [{ pid: engine.pid as number, argv: ['cometbft', 'start'] }])
    const { status, err } = await dujiang(['network', 'restart', first, second])
    assert.equal(status, 2)
    assert.match(err, /\/a was not restarted and runs on: .*notes no engine/)
    assert.deepEqual([engine.exitCode, engine.signalCode], [null, null])
  })

  it('touches none of them when one does not run', async () => {
    const dir = await folders.make('mixed')
    await heldHome(join(dir, 'a'), [{ pid: engine?.pid as number, argv: ['cometbft', 'start'] }])
    await mkdir(join(dir, 'b'))
    const { status, err } = await dujiang(['network', 'restart', join(dir, 'a'), join(dir, 'b')])
    assert.equal(status, 2)
    assert.match(err, /no node runs in .*\/b/)
    assert.deepEqual([engine?.exitCode, engine?.signalCode], [null, null])
  })
})
