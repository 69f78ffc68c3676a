import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, readdir, stat, writeFile } from 'node:fs/promises'
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
    const dir = await folders.make('kept')
    key = await keyFileOf(dir, exchange)
    acts = join(dir, 'acts')
    act = join(dir, 'act.json')
    await writeFile(act, JSON.stringify({ act: 'auction.sequence.open', payload: { sequence: 'Q', name: '月度' } }))
    server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1')
    await once(server, 'listening')
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  beforeEach(() => {
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

  it('[KEPT-1] [KEPT-3] [KEPT-4] keeps an act before it is sent, says where when nobody answers, and sends it again', async () => {
    answers = [lost]
    const first = await submit(act, '--key', key, '--minutes', '0')
    assert.equal(first.status, 2)
    const [path = ''] = await kept()
    assert.ok(first.err.includes(`dujiang submit ${path} --again`), first.err)
    assert.equal((await stat(path)).mode & 0o077, 0)
    assert.deepEqual(sent[0]?.onDisk, [sent[0]?.bytes])

    answers = [refused(403, 'notPermitted'), committed]
    const again = await submit(path, '--again')
    assert.equal(again.status, 0, again.err)
    assert.deepEqual(
      sent.map(({ bytes }) => bytes),
      Array(3).fill(sent[0]?.bytes),
    )
    assert.deepEqual(await kept(), [])
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
    const env = { ...process.env, DUJIANG_ACTS: acts, LC_ALL: 'en_US.UTF-8' }
    const args = [main, 'submit', act, '--node', url, '--key', key]
    const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    answers = [() => child.kill('SIGTERM')]
    const ended = once(child, 'exit')
    const err = await text(child.stderr)
    assert.deepEqual((await ended)[0], 2)
    const [path = ''] = await kept()
    assert.ok(path !== '' && err.includes(path), err)
  })

  it('[KEPT-1] sends nothing that it cannot keep', async () => {
    const { status, err } = await dujiang(['submit', act, '--node', url, '--key', key], { env: { DUJIANG_ACTS: act } })
    assert.equal(status, 2)
    assert.match(err, /has not sent it: name a folder with DUJIANG_ACTS/)
    assert.equal(sent.length, 0)
  })
})
