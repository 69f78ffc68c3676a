import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { CometbftMissing, findCometbft } from '@dujiang/node/network'
import { Folders } from '../export-rig.ts'
import { type Ran, dujiang } from '../run.ts'

const main = join(import.meta.dirname, '../../src/main.ts')
const missing = await findCometbft().then(
  () => false as const,
  (cause: unknown) => {
    if (cause instanceof CometbftMissing) return cause.message
    throw cause
  },
)

describe('dujiang network local', { skip: missing }, () => {
  const folders = new Folders()
  let dir = ''
  let first = 0
  let parent: ChildProcess
  let ended: Promise<number | null>

  before(async () => {
    dir = await folders.make('n')
    first = await freeBlock(29_000)
    const args = [main, 'network', 'local', '--dir', dir, '--full-nodes', '0', '--port', String(first), '--tls']
    parent = spawn(process.execPath, [...args, '--lang', 'en'], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    parent.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    ended = new Promise((resolve) => parent.once('exit', resolve))
    await reached(async () => {
      assert.equal(parent.exitCode, null, said)
      return (await status()).status === 0
    })
  })
  after(async () => {
    parent.kill('SIGTERM')
    await ended
    await folders.remove()
  })

  const status = (): Promise<Ran> => dujiang(['network', 'status', '--dir', dir, '--json'])
  const online = (org: string, ...args: readonly string[]): Promise<Ran> =>
    dujiang(['network', 'validator', ...args, '--node', `https://127.0.0.1:${first}`, '--tls', join(dir, 'keys', org)])
  const keyOf = (name: string): string => join(dir, 'people', `${name}.json`)

  it('runs four organisations on one machine; status says that they agree', async () => {
    const { nodes, app_hashes } = JSON.parse((await status()).out)
    assert.equal(app_hashes.length, 1)
    assert.deepEqual(
      nodes.map(({ power, alarm }: { power: number; alarm: boolean }) => [power, alarm]),
      Array(4).fill([10, false]),
    )
  })

  it('changes validators by a decision of those who run one, over TLS', async () => {
    const proposed = await online('SCPX', 'propose', 'power', 'SCYH', '9', '--key', keyOf('SCPX-zhang'))
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
    assert.equal(validators.find(({ org }: { org: string }) => org === 'SCYH').power, 9)
  })

  it('[CARD-7] restarts a node and waits until it is back', async () => {
    const home = join(dir, 'nodes', 'DADUHE')
    const pids = async (): Promise<string> => readFile(join(home, 'children.json'), 'utf8')
    const before = await pids()
    const restarted = await dujiang(['network', 'restart', home])
    assert.equal(restarted.status, 0, restarted.err)
    assert.match(restarted.out, /DADUHE is back, at height \d+/)
    assert.notEqual(await pids(), before)
  })

  it('[CARD-2] admits a further node to the list of nodes, and lets it in everywhere', async () => {
    const own = { '--org': 'SCNEA', '--name': 'n', '--controller': 'c', '--role': 'full', '--host': '127.0.0.1' }
    const keys = join(dir, 'keys', 'SCNEA')
    const flags = Object.entries({ ...own, '--api': 'https://127.0.0.1:1', '--out': keys }).flat()
    const made = await dujiang(['network', 'keys', ...flags])
    assert.equal(made.status, 0, made.err)
    const files = ['--consortium', join(dir, 'public')]
    const admitted = await dujiang(['network', 'admit', join(keys, 'card.json'), ...files])
    assert.match(admitted.out, /5 nodes/)
    const told = await dujiang(['network', 'peers', join(dir, 'nodes', 'SCPX'), ...files])
    assert.match(told.out, /4 peers/)
    const { nodeId } = JSON.parse(await readFile(join(keys, 'card.json'), 'utf8'))
    assert.match(await readFile(join(dir, 'nodes', 'SCPX', 'peers.json'), 'utf8'), new RegExp(nodeId))
    const dismissed = await dujiang(['network', 'dismiss', 'SCNEA', ...files])
    assert.match(dismissed.out, /4 nodes/)
  })

  it('ends all with one signal', async () => {
    const stopped = await dujiang(['network', 'stop', join(dir, 'nodes', 'SCPX')])
    assert.equal(stopped.status, 0, stopped.err)
    assert.equal(await ended, 0)
    assert.equal((await status()).status, 1)
  })
})

/** Looks again until it is so. */
async function reached(isSo: () => Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 100_000; !(await isSo()); await delay(200)) {
    if (Date.now() > endMs) throw new Error('the network does not come up')
  }
}

/** The first of a block of ports of which nobody listens on one. */
async function freeBlock(from: number): Promise<number> {
  const isFree = (port: number): Promise<boolean> =>
    new Promise((answer) => {
      const server = createServer()
      server.once('error', () => answer(false))
      server.listen(port, '127.0.0.1', () => void server.close(() => answer(true)))
    })
  for (let first = from; ; first += 100) {
    const free = await Promise.all(Array.from({ length: 40 }, (_, at) => isFree(first + at)))
    if (free.every(Boolean)) return first
  }
}
