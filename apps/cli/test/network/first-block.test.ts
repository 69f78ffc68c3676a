import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { foundConsortium } from '@dujiang/node/consortium'
import { keepsFirstBlock } from '@dujiang/node/network'
import { writePublicFiles } from '../../src/network/found.ts'
import { makeNode } from '../../src/network/keys.ts'
import { Folders } from '../export-rig.ts'
import { type Ran, dujiang } from '../run.ts'
import { missing } from './local-network.ts'

const FOUNDED_MS = Date.parse('2026-01-01T00:00:00Z')
const HOUR_MS = 3_600_000

describe('joining by replay', () => {
  const folders = new Folders()
  let dir = ''
  let member: Server
  /** What the nodes of all members say of themselves. */
  let status: { readonly height: number; readonly timeMs: number } | undefined

  before(async () => {
    member = createServer((_, response) => {
      if (status === undefined) return void response.destroy()
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ chain: '', domain: '', name: '', ...status }))
    })
    await new Promise<void>((done) => member.listen(0, '127.0.0.1', done))
    const api = `http://127.0.0.1:${(member.address() as AddressInfo).port}`
    dir = await folders.make('r')
    const stated = { name: 'n', role: 'validator', host: '127.0.0.1', p2pPort: 26_656, api } as const
    const cards = await Promise.all(
      ['A', 'B', 'C', 'D'].map((org) =>
        makeNode(join(dir, org), { ...stated, org, controller: `controller of ${org}` }),
      ),
    )
    const app = { name: 'trivial', version: 1, state: {} }
    await writePublicFiles(
      join(dir, 'public'),
      foundConsortium({ app, domain: 'public', name: 'test', time: FOUNDED_MS, cards }),
    )
  })
  after(async () => {
    await new Promise((closed) => member.close(closed))
    await folders.remove()
  })

  const joined = (home: string, ...more: readonly string[]): Promise<Ran> =>
    dujiang([
      'network',
      'join',
      join(dir, home),
      '--consortium',
      join(dir, 'public'),
      '--keys',
      join(dir, 'A'),
      ...more,
    ])

  it('[CARD-8] needs the first block: 48 hours and 100,000 blocks may drop it', () => {
    assert.equal(keepsFirstBlock(100_000, 49 * HOUR_MS), true)
    assert.equal(keepsFirstBlock(900_000, 48 * HOUR_MS), true)
    assert.equal(keepsFirstBlock(100_001, 48 * HOUR_MS + 1), false)
    assert.equal(keepsFirstBlock(1_000_001, 47 * HOUR_MS), false)
  })

  it('[CARD-8] is refused where engines no longer keep it, with what helps', async () => {
    status = { height: 150_000, timeMs: FOUNDED_MS + 72 * HOUR_MS }
    const refused = await joined('refused')
    assert.equal(refused.status, 2)
    assert.match(refused.err, /at height 150000, and engines no longer keep its first block: join with --by snapshot/)
    assert.equal(existsSync(join(dir, 'refused')), false)
  })

  it('[CARD-8] is done all the same for who says so, and is told', { skip: missing }, async () => {
    const told = await joined('told', '--by', 'replay')
    assert.equal(told.status, 0, told.err)
    assert.match(told.err, /no longer keep its first block: without a node that does/)
  })

  it('[CARD-8] goes on while they keep it, and where nobody can be asked', { skip: missing }, async () => {
    status = { height: 90_000, timeMs: FOUNDED_MS + 72 * HOUR_MS }
    const young = await joined('young')
    assert.deepEqual([young.status, young.err], [0, ''])
    status = undefined
    const silent = await joined('silent')
    assert.equal(silent.status, 0, silent.err)
    assert.match(silent.err, /whether they still keep the first block is not known/)
  })

  it('[CARD-5] lays out a node that listens on an address of IPv6', { skip: missing }, async () => {
    const laid = await joined('six', '--listen', '[::]')
    assert.equal(laid.status, 0, laid.err)
    const text = (...names: readonly string[]): string => readFileSync(join(dir, 'six', ...names), 'utf8')
    assert.match(text('comet', 'config', 'config.toml'), /^laddr = "tcp:\/\/\[::\]:26656"$/m)
  })
})
