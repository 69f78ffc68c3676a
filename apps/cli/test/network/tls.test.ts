import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { EventEmitter, on } from 'node:events'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Client, Unreachable } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Api, serveApi } from '@dujiang/node/api'
import { type Card, authoritiesOf, followTls } from '@dujiang/node/consortium'
import { SimClock, SimDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { START_MS, TestMarket, personOf } from '@dujiang/testing/market-fixture'
import { issue, makeAuthority } from '../../src/network/certificates.ts'
import { authoritiesFor } from '../../src/online/authorities.ts'
import { tlsFetch } from '../../src/online/tls-fetch.ts'

describe('a door that speaks TLS', () => {
  const root = mkdtempSync(join(tmpdir(), 'dujiang-tls-'))
  const at = (...names: readonly string[]): string => join(root, ...names)
  const read = (...names: readonly string[]): string => readFileSync(at(...names), 'utf8')
  let node: LedgerNode
  let api: Api

  before(async () => {
    for (const org of ['MEMBER', 'STRANGER']) {
      mkdirSync(at(org))
      await makeAuthority(at(org), org)
      await issue(at(org), { kind: 'node', hosts: ['127.0.0.1'] })
      await issue(at(org), { kind: 'client', name: 'desk' })
      copyFileSync(at('MEMBER', 'ca.crt'), at(org, 'members.crt'))
    }
    const clock = new SimClock(START_MS + 1_000)
    node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: new TestMarket().genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1, clock).mount(),
      clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'intake').signer,
      workers: 0,
    })
    const [cert, key, clients] = [read('MEMBER', 'tls.crt'), read('MEMBER', 'tls.key'), read('MEMBER', 'ca.crt')]
    api = await serveApi({
      node,
      doors: doorsOf(dujiangMarket()),
      crypto: nodeCrypto,
      host: '127.0.0.1',
      port: 0,
      clock,
      log: { level: 'silent' },
      tls: { cert, key, clients },
    })
  })
  after(async () => {
    await api.close()
    await node.close()
    rmSync(root, { recursive: true, force: true })
  })

  const statusAs = (org: string) =>
    new Client({
      nodes: [api.url],
      fetch: tlsFetch(at(org)),
      timing: { nowMs: () => Date.now(), sleep: () => Promise.resolve() },
    }).status()

  /** Resolves with the status of an answer, rejects when there is no connection. */
  const ask = (options: object): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const asked = request(`${api.url}/v1/status`, { ca: read('MEMBER', 'ca.crt'), agent: false, ...options })
      asked.once('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asked.once('error', reject).end()
    })
  const member = () => ({ cert: read('MEMBER', 'client.crt'), key: read('MEMBER', 'client.key') })

  it('[API-21] answers a machine for which a member vouches', async () => {
    assert.match(api.url, /^https:/)
    assert.equal((await statusAs('MEMBER')).chain, node.chain)
    assert.equal(await ask(member()), 200)
  })

  it('[API-21] lets in nobody else', async () => {
    await assert.rejects(statusAs('STRANGER'), Unreachable)
    await assert.rejects(ask({}))
    // A certificate that is for nodes is none for clients.
    await assert.rejects(ask({ cert: read('MEMBER', 'tls.crt'), key: read('MEMBER', 'tls.key') }))
  })

  it('[API-21] speaks no older version', async () => {
    await assert.rejects(ask({ ...member(), maxVersion: 'TLSv1.2' }))
  })

  it('[API-26] takes over other certificates while it runs, and keeps its connections', async () => {
    const before = {
      cert: read('MEMBER', 'tls.crt'),
      key: read('MEMBER', 'tls.key'),
      clients: read('MEMBER', 'ca.crt'),
    }
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: read('MEMBER', 'ca.crt'), ...member() })
    try {
      assert.equal(await ask({ agent }), 200)
      api.renewTls({ ...before, clients: read('STRANGER', 'ca.crt') })
      assert.equal(await ask({ agent }), 200)
      await assert.rejects(ask(member()))
      assert.equal((await statusAs('STRANGER')).chain, node.chain)
      assert.throws(() => api.renewTls({ ...before, key: read('STRANGER', 'tls.key') }))
      assert.equal((await statusAs('STRANGER')).chain, node.chain)
    } finally {
      agent.destroy()
      api.renewTls(before)
    }
    await assert.rejects(statusAs('STRANGER'), Unreachable)
  })

  it('[CARD-9] follows the files of its home', async () => {
    const home = at('home')
    mkdirSync(join(home, 'tls'), { recursive: true })
    const put = (org: string, from: string, to = from): void => {
      copyFileSync(at(org, from), join(home, 'tls', `${to}.partial`))
      renameSync(join(home, 'tls', `${to}.partial`), join(home, 'tls', to))
    }
    for (const name of ['tls.crt', 'tls.key', 'members.crt']) put('MEMBER', name)
    const said = new EventEmitter<{ line: [string] }>()
    const now = { cert: read('MEMBER', 'tls.crt'), key: read('MEMBER', 'tls.key'), clients: read('MEMBER', 'ca.crt') }
    const end = followTls(home, now, api, (line) => said.emit('line', line))
    const hears = async (line: RegExp): Promise<void> => {
      for await (const [next] of on(said, 'line', { signal: AbortSignal.timeout(60_000) })) if (line.test(next)) return
    }
    try {
      const unfit = hears(/not taken over, those before go on/)
      put('STRANGER', 'tls.key')
      await unfit
      assert.equal((await statusAs('MEMBER')).chain, node.chain)
      const taken = hears(/^took over/)
      put('MEMBER', 'tls.key')
      put('STRANGER', 'ca.crt', 'members.crt')
      await taken
      assert.equal((await statusAs('STRANGER')).chain, node.chain)
    } finally {
      end()
      api.renewTls(now)
    }
  })

  it('[CARD-10] is not believed when another member vouches for it than the one whose host it is', async () => {
    const authority = (org: string): string => new X509Certificate(read(org, 'ca.crt')).raw.toString('base64')
    const listed = (memberAt: string, strangerAt: string): string => {
      const card = (org: string, host: string) => ({ api: `https://${host}:1`, authority: authority(org) }) as Card
      return authoritiesOf({ chain: '', nodes: [card('MEMBER', memberAt), card('STRANGER', strangerAt)] })
    }
    const put = (list: string): void => writeFileSync(at('MEMBER', 'members.crt'), list)
    const own = read('MEMBER', 'members.crt')
    try {
      put(listed('127.0.0.1', 'other.example'))
      assert.equal((await statusAs('MEMBER')).chain, node.chain)
      // The node shows a certificate of MEMBER's, at a host that is STRANGER's.
      put(listed('other.example', '127.0.0.1'))
      await assert.rejects(statusAs('MEMBER'), Unreachable)
      put(listed('other.example', 'third.example'))
      await assert.rejects(statusAs('MEMBER'), Unreachable)
    } finally {
      put(own)
    }
  })

  it('[CARD-10] writes a list in which a card can pass nothing off as a host or as another certificate', () => {
    const forged = `AAAA\n-----END CERTIFICATE-----\n# host a.example\n-----BEGIN CERTIFICATE-----\nBBBB`
    const card = { api: 'https://b.example:1', authority: forged } as Card
    const list = authoritiesOf({ chain: '', nodes: [card] })
    assert.equal(list.match(/-----BEGIN/g)?.length, 1)
    assert.equal(authoritiesFor('a.example', list), '')
    assert.match(authoritiesFor('b.example', list), /^-----BEGIN/)
  })

  it('is not believed by who does not know the authority behind it', async () => {
    await assert.rejects(ask({ ...member(), ca: read('STRANGER', 'ca.crt') }))
  })

  it('keeps keys for their owner alone', () => {
    for (const name of ['ca.key', 'tls.key', 'client.key']) {
      assert.equal(statSync(at('MEMBER', name)).mode & 0o777, 0o600, name)
    }
  })
})
