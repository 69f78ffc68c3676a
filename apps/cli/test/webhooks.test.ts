import assert from 'node:assert/strict'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { makeKeyFile } from '../src/keys/key-file.ts'
import { Folders } from './export-rig.ts'
import { dujiang as run } from './run.ts'

const dujiang = (...args: string[]) => run(args)

describe('dujiang webhooks', () => {
  const folders = new Folders()
  const got: { headers: Record<string, unknown>; body: string }[] = []
  let status = 204
  let server: Server
  let data = ''
  let url = ''

  before(async () => {
    data = await folders.make('node')
    server = createServer((request, response) => {
      let body = ''
      request.on('data', (chunk: Buffer) => (body += chunk.toString()))
      request.on('end', () => {
        got.push({ headers: request.headers, body })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    // A name that leads to this machine: whether it may be sent to is judged then.
    url = `http://localhost:${(server.address() as AddressInfo).port}/in`
  })
  after(async () => {
    server.close()
    await folders.remove()
  })

  it('adds a subscription for its owner alone and shows its secret once', async () => {
    const added = await dujiang(
      'webhooks',
      'add',
      'erp',
      '--data',
      data,
      '--url',
      url,
      '--viewer',
      'GENA',
      '--after',
      '-1',
    )
    assert.equal(added.status, 0, added.err)
    const secret = /[0-9a-f]{64}/.exec(added.out)?.[0] ?? ''
    const path = join(data, 'webhooks/subscriptions.json')
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    const file = JSON.parse(await readFile(path, 'utf8'))
    assert.deepEqual(file, { subscriptions: [{ name: 'erp', url, viewer: 'GENA', after: -1, secret }], v: 1 })
    const listed = await dujiang('webhooks', 'list', '--data', data)
    assert.match(listed.out, /erp .*as GENA .*not begun/)
    assert.doesNotMatch(listed.out, new RegExp(secret))
    assert.equal((await dujiang('webhooks', 'list', '--data', data, '--json')).out.includes(secret), false)
  })

  it('says how far each is, and why it fails', async () => {
    const standing = {
      after: 41,
      chain: '0'.repeat(64),
      failed: 3,
      failedSinceMs: 1_795_508_459_413,
      trouble: 'answered 500',
    }
    await writeFile(join(data, 'webhooks/erp.standing.json'), JSON.stringify(standing))
    const { out } = await dujiang('webhooks', 'list', '--data', data)
    assert.match(out, /41 +failed 3 times since .*: answered 500/)
  })

  it('refuses a second of the same name, what is no address, and unknown names', async () => {
    const add = (name: string, to: string) => dujiang('webhooks', 'add', name, '--data', data, '--url', to)
    assert.match((await add('erp', url)).err, /is there already/)
    for (const bad of ['ftp://x/', 'x', 'https://me:secret@example.com/'])
      assert.equal((await add('b', bad)).status, 2, bad)
    assert.equal((await add('a b', url)).status, 2)
    for (const which of [
      ['remove', 'none'],
      ['test', 'none', '--key', 'k'],
    ] as const) {
      const { status: exit, err } = await dujiang('webhooks', ...which, '--data', data)
      assert.equal(exit, 2)
      assert.match(err, /no subscription none/)
    }
  })

  it('[HOOK-4] refuses at once an address without a name that nothing may be sent to', async () => {
    const file = join(data, 'webhooks/subscriptions.json')
    const before = await readFile(file, 'utf8')
    const add = (to: string, ...more: string[]) =>
      dujiang('webhooks', 'add', 'at', '--data', data, '--url', to, ...more)
    for (const to of [
      'http://169.254.169.254/x',
      'http://0x7f.1/',
      'https://10.0.0.1/',
      'https://[::ffff:10.0.0.1]/',
      'http://1.1.1.1/',
    ]) {
      const { status: exit, err } = await add(to)
      assert.equal(exit, 2, to)
      assert.match(err, /nothing is pushed to/)
    }
    assert.equal((await add('http://10.0.0.1/', '--allow-private')).status, 2)
    assert.equal(await readFile(file, 'utf8'), before)
    assert.equal((await add('https://10.0.0.1/', '--allow-private')).status, 0)
    assert.equal((await dujiang('webhooks', 'remove', 'at', '--data', data)).status, 0)
  })

  it('[HOOK-4] refuses at once plain http to a name, and says which field and rule', async () => {
    const file = join(data, 'webhooks/subscriptions.json')
    const before = await readFile(file, 'utf8')
    const add = (to: string, ...more: string[]) =>
      dujiang('webhooks', 'add', 'at', '--data', data, '--url', to, ...more)
    for (const more of [[], ['--allow-private']]) {
      const { status: exit, err } = await add('http://erp.example/in', ...more)
      assert.equal(exit, 2)
      assert.match(err, /--url .*HOOK-4/)
    }
    assert.equal(await readFile(file, 'utf8'), before)
  })

  it('sends a test, to private addresses only where they are allowed, and says what came back', async () => {
    const key = join(data, 'node-key.json')
    makeKeyFile(key, 'SCPX', 'ed25519', undefined)
    const refused = await dujiang('webhooks', 'test', 'erp', '--data', data, '--key', key)
    assert.equal(refused.status, 1)
    assert.match(refused.err, /no public address/)
    assert.equal(got.length, 0)
    await dujiang('webhooks', 'add', 'here', '--data', data, '--url', url, '--allow-private')
    const sent = await dujiang('webhooks', 'test', 'here', '--data', data, '--key', key)
    assert.equal(sent.status, 0, sent.err)
    assert.match(sent.out, /answered 204/)
    assert.deepEqual(JSON.parse(got[0]?.body ?? '').receipts, [])
    assert.match(String(got[0]?.headers['dujiang-hmac']), /^[0-9a-f]{64}$/)
    status = 500
    const failed = await dujiang('webhooks', 'test', 'here', '--data', data, '--key', key)
    assert.deepEqual([failed.status, /answered 500/.test(failed.err)], [1, true])
  })

  it('removes one and leaves the others', async () => {
    assert.equal((await dujiang('webhooks', 'remove', 'erp', '--data', data)).status, 0)
    const { out } = await dujiang('webhooks', 'list', '--data', data)
    assert.doesNotMatch(out, /erp/)
    assert.match(out, /here/)
  })
})
