import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { chainIdOf, headerHash, lightBlockToJson, readGenesis } from '@dujiang/chain'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Headers, type HeadersOptions, genesisOf, party } from '@dujiang/testing/light'
import { Folders } from './export-rig.ts'
import { dujiang } from './run.ts'

const HEIGHTS = 30
const parties = [party(0, 3), party(1, 3), party(2, 2), party(3, 2)]
const genesis = genesisOf(parties)
const chainId = chainIdOf(fromHex(readGenesis(nodeCrypto.sha256, genesis).chain))
// The command goes by the machine's clock.
const options: HeadersOptions = {
  chainId,
  heights: HEIGHTS,
  partiesAt: () => parties,
  start: { seconds: Math.floor(Date.now() / 1_000) - 300, nanos: 0 },
}
const honest = new Headers(options)
const forked = new Headers({ ...options, fork: { of: honest, after: 20 }, stepMs: 1_001 })

/** A node's door for light clients, which tells this chain. */
async function door(headers: Headers): Promise<Server> {
  const server = createServer((request, response) => {
    const asked = request.url?.split('/').at(-1)
    const block = headers.at(asked === 'latest' ? headers.heights : Number(asked))
    response.setHeader('content-type', 'application/json').end(JSON.stringify(lightBlockToJson(block)))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return server
}

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`

describe('dujiang light', () => {
  const folders = new Folders()
  const servers: Server[] = []
  let dir = ''
  let path = ''
  let [one, two, liar] = ['', '', '']
  before(async () => {
    dir = await folders.make('light')
    path = join(dir, 'genesis.json')
    await writeFile(path, genesis)
    for (const headers of [honest, honest, forked]) servers.push(await door(headers))
    ;[one, two, liar] = servers.map(urlOf) as [string, string, string]
  })
  after(async () => {
    for (const server of servers) server.closeAllConnections()
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    await folders.remove()
  })

  const light = (nodes: readonly string[], ...more: string[]) =>
    dujiang(['light', '--genesis', path, ...nodes.flatMap((node) => ['--node', node]), ...more], { cwd: dir })
  const hashAt = (height: number): string => toHex(headerHash(nodeCrypto.sha256, honest.at(height).header))

  it('[LIGHT-3] prints the newest header, who gave it and who confirmed it, and ends with 0', async () => {
    const { status, out, err } = await light([one, two])
    assert.equal(status, 0, err)
    assert.match(out, /^✓ header 30 · /)
    assert.ok(out.includes(`hash ${hashAt(HEIGHTS)}`))
    assert.match(out, /trust began with the genesis file/)
    assert.ok(out.includes(`given by ${one}, confirmed by ${two}`))
  })

  it('[LIGHT-1] begins with a header named by hand, and goes on from what its file holds', async () => {
    const store = join(dir, 'store.json')
    const named = await light([one, two], '--trust', `7:${hashAt(7)}`, '--store', store, '--json')
    assert.equal(named.status, 0, named.err)
    assert.equal(JSON.parse(named.out).trusted, 7)
    const again = JSON.parse((await light([one, two], '--store', store, '--json')).out)
    assert.deepEqual([again.height, again.trusted, again.confirmed_by], [HEIGHTS, HEIGHTS, []])
    assert.equal((await light([one, two], '--trust', `7:${hashAt(8)}`)).status, 1)
    const text = await readFile(store, 'utf8')
    await writeFile(store, text.replace('"chain":"', '"chain":"0'))
    assert.equal((await light([one, two], '--store', store)).status, 2)
  })

  it('[LIGHT-5] ends with 1 when two chains are proved, with the evidence in a file', async () => {
    const evidence = join(dir, 'evidence.json')
    const { status, err } = await light([one, liar], '--evidence', evidence)
    assert.equal(status, 1)
    assert.match(err, /have proved different chains/)
    const { kind, sides } = JSON.parse(await readFile(evidence, 'utf8'))
    assert.equal(kind, 'dujiang-divergence')
    assert.deepEqual(
      sides.map((side: { source: string }) => side.source),
      [one, liar],
    )
    assert.equal(sides[0].if_false.kind, 'equivocation')
    assert.equal(sides[0].if_false.byzantine.length, 4)
    // As far as it can be told without a node: the file is read, the home is none.
    const handed = await dujiang(['network', 'evidence', evidence, '--home', join(dir, 'none')])
    assert.match(handed.err, /the engine does not take it: ENOENT/)
    assert.match((await dujiang(['network', 'evidence', path, '--home', dir])).err, /no evidence of a divergence/)
  })

  it('ends with 2 for one node alone, and with 1 where nobody confirms', async () => {
    assert.equal((await light([one])).status, 2)
    assert.equal((await light([one, two], '--trust', '7')).status, 2)
    assert.equal((await light([one, 'http://127.0.0.1:1'])).status, 1)
  })
})
