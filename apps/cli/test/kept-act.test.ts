import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { buffer, text } from 'node:stream/consumers'
import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { exchange } from '@dujiang/testing/market-fixture'
import { Folders } from './export-rig.ts'
import { keyFileOf } from './key-files.ts'
import { dujiang, main } from './run.ts'

type Answer = (response: ServerResponse, id: string) => unknown

const json = (status: number, body: object): Answer => {
  return (response) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
const refused = (status: number, name: string): Answer =>
  json(status, { error: { code: 1, name, facts: {}, zh: '', en: '', retry: false } })
const committed: Answer = (response, id) => {
  const receipt = { act: 'a', code: 0, events: '', height: 1, id, index: 0, kind: 'act', org: 'SCPX', time: 1, v: 1 }
  json(200, { state: 'committed', id, receipt, events: [], repeated: false })(response, id)
}
const accepted: Answer = (response, id) =>
  json(202, { state: 'accepted', id, intake: { chain, height: 1, id, node: '', signature: '', withinSeconds: 60 } })(
    response,
    id,
  )
const lost: Answer = (response) => response.destroy()
const chain = 'c'.repeat(64)

describe('dujiang submit', () => {
  const folders = new Folders()
  let server: Server
  let url = ''
  let dir = ''
  let acts = ''
  let act = ''
  let key = ''
  let answers: Answer[] = []
  /** What came, and what was on disk by then. */
  let sent: { readonly bytes: Uint8Array; readonly onDisk: readonly Uint8Array[] }[] = []

  const kept = async (): Promise<readonly string[]> =>
    (await readdir(acts).catch(() => [])).map((name) => join(acts, name))
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET') return void json(200, { chain, domain: 'public', receipts: 0 })(response, '')
    const bytes = Uint8Array.from(await buffer(request))
    const envelope = readEnvelope(nodeCrypto.sha256, bytes)
    assert.ok(!isInadmissible(envelope))
    sent.push({
      bytes,
      onDisk: await Promise.all((await kept()).map(async (path) => Uint8Array.from(await readFile(path)))),
    })
    answers.shift()?.(response, envelope.id)
  }

  before(async () => {
    dir = await folders.make('kept')
    key = await keyFileOf(dir, exchange)
    acts = join(dir, 'acts')
    act = join(dir, 'act.json')
    await writeFile(act, JSON.stringify({ act: 'auction.sequence.open', payload: { sequence: 'Q', name: '月度' } }))
    server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(async () => {
    await rm(acts, { recursive: true, force: true })
    answers = []
    sent = []
  })
  after(async () => {
    server.closeAllConnections()
    server.close()
    await folders.remove()
  })

  const submit = (file: string, ...args: readonly string[]) =>
    dujiang(['submit', file, '--node', url, ...args], { env: { DUJIANG_ACTS: acts } })

  /** Sends an act whose sender is told to stop before there is an answer: what was said, and where the act is. */
  const stopped = async (): Promise<{ readonly path: string; readonly err: string }> => {
    const env = { ...process.env, DUJIANG_ACTS: acts, LC_ALL: 'en_US.UTF-8' }
    const args = [main, 'submit', act, '--node', url, '--key', key, '--minutes', '600']
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    answers = [() => child.kill('SIGTERM')]
    const ended = once(child, 'exit')
    const err = await text(child.stderr)
    assert.deepEqual((await ended)[0], 2)
    const [path = ''] = await kept()
    assert.notEqual(path, '')
    return { path, err }
  }

  it('[KEPT-1] [KEPT-3] keeps an act before it is sent, and says where when nobody answers', async () => {
    answers = [lost]
    const { status, err } = await submit(act, '--key', key, '--minutes', '0')
    assert.equal(status, 2)
    const [path = ''] = await kept()
    assert.ok(err.includes(`dujiang submit ${path} --again`), err)
    assert.equal((await stat(path)).mode & 0o077, 0)
    assert.deepEqual(sent[0]?.onDisk, [sent[0]?.bytes])
  })

  it('[KEPT-4] sends what is kept until its fate is certain, also where --again is forgotten', async () => {
    for (const flags of [['--again'], []]) {
      const { path } = await stopped()
      const waiting = await submit(path, '--wait', 'provable', ...flags)
      assert.deepEqual([waiting.status, await kept()], [2, [path]])
      answers = [refused(403, 'notPermitted'), committed]
      const { status, err } = await submit(path, ...flags)
      assert.equal(status, 0, err)
      assert.deepEqual(
        sent.map(({ bytes }) => bytes),
        Array(3).fill(sent[0]?.bytes),
      )
      assert.deepEqual(await kept(), [])
      sent = []
    }
  })

  it('[KEPT-2] forgets an act that was refused', async () => {
    answers = [refused(403, 'notPermitted')]
    const { status, err } = await submit(act, '--key', key)
    assert.equal(status, 1)
    assert.match(err, /notPermitted/)
    assert.deepEqual([sent[0]?.onDisk.length, await kept()], [1, []])
  })

  it('[KEPT-3] says with a promise where the act is', async () => {
    answers = [accepted, committed]
    const { status, out } = await submit(act, '--key', key, '--wait', 'accepted')
    assert.equal(status, 0)
    const { signed, id } = JSON.parse(out)
    assert.deepEqual([await kept(), signed.endsWith(`${id}.json`)], [[signed], true])
    assert.equal((await submit(signed, '--again')).status, 0)
    assert.deepEqual(await kept(), [])
  })

  it('[KEPT-3] says where the act is when it is told to stop', async () => {
    const { path, err } = await stopped()
    assert.ok(err.includes(path), err)
  })

  it('[KEPT-2] leaves the file of a user alone, also where a variable for our folder is empty', async () => {
    const { path } = await stopped()
    const bytes = await readFile(path)
    const cwd = join(dir, 'own', 'dujiang', 'acts')
    await mkdir(cwd, { recursive: true })
    const cases = [
      { DUJIANG_ACTS: '', XDG_STATE_HOME: dir },
      { DUJIANG_ACTS: '', XDG_STATE_HOME: '', HOME: dir },
    ]
    for (const env of cases) {
      for (const from of [cwd, join(dir, 'own')]) {
        const own = join(cwd, 'signed.json')
        await writeFile(own, bytes)
        answers = [committed]
        const ran = await dujiang(['submit', own, '--node', url], { env, cwd: from })
        assert.equal(ran.status, 0, ran.err)
        assert.deepEqual(await readFile(own), bytes)
      }
    }
  })

  it('[KEPT-2] gives the receipt of an act whose file cannot be removed, and names it', async () => {
    answers = [
      async (response, id) => {
        const [path = ''] = await kept()
        await rm(path)
        await mkdir(path)
        committed(response, id)
      },
    ]
    const { status, out, err } = await submit(act, '--key', key)
    assert.equal(status, 0, err)
    const [path = ''] = await kept()
    assert.ok(path.endsWith(`${JSON.parse(out).id}.json`), out)
    assert.ok(err.includes(`could not remove ${path}`), err)
  })

  it('[KEPT-1] sends nothing that it cannot keep', async () => {
    const { status, err } = await dujiang(['submit', act, '--node', url, '--key', key], { env: { DUJIANG_ACTS: act } })
    assert.equal(status, 2)
    assert.match(err, /has not sent it: name a folder with DUJIANG_ACTS/)
    assert.equal(sent.length, 0)
  })
})
