import assert from 'node:assert/strict'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Card } from '@dujiang/node/consortium'
import { Folders } from '../export-rig.ts'
import { dujiang } from '../run.ts'
import { makeNode } from '../../src/network/keys.ts'
import { readManifest } from '../../src/network/manifest.ts'
import { foundedFiles } from '../../src/network/found.ts'

const ORGS = ['SCPX', 'GENA', 'GENB', 'USRA']
const folders = new Folders()
after(() => folders.remove())

/** The node of an organisation on this machine, with keys of its own. */
const nodeOf = (dir: string, org: string, over: Partial<Card> = {}): Promise<Card> =>
  makeNode(join(dir, 'keys', org), {
    org,
    name: `${org} node`,
    controller: `${org} group`,
    role: 'validator',
    host: '127.0.0.1',
    p2pPort: 26656,
    api: 'http://127.0.0.1:26680',
    ...over,
  })

describe('dujiang network found', () => {
  let dir = ''
  const at = (...names: readonly string[]): string => join(dir, ...names)
  const manifest = {
    name: 'test',
    time: '2026-12-01T00:00:00Z',
    members: ORGS.map((org) => ({
      org,
      name: org,
      roles: [org === 'SCPX' ? 'exchange' : org === 'USRA' ? 'user' : 'generator'],
      people: [{ person: 'a', file: `people/${org}.json` }],
    })),
    admits: [{ role: 'exchange', admits: ['generator', 'user'] }],
    rules: { from: 'sample' },
  }

  before(async () => {
    dir = await folders.make('found')
    await mkdir(at('people'))
    await mkdir(at('cards'))
    for (const org of ORGS) {
      const made = await dujiang(['keys', 'new', at(`${org}.key`), '--org', org])
      assert.equal(made.status, 0, made.err)
      // Its public part is enough: what `keys show` prints.
      await writeFile(at('people', `${org}.json`), made.out)
      await nodeOf(dir, org)
      await cp(at('keys', org, 'card.json'), at('cards', `${org}.json`))
    }
    await writeFile(at('manifest.json'), JSON.stringify(manifest))
  })

  it('[CARD-2] gives every member the same files, and says their hashes', async () => {
    const runs = []
    for (const member of ['one', 'two']) {
      runs.push(await dujiang(['network', 'found', at('manifest.json'), '--cards', at('cards'), '--out', at(member)]))
    }
    const [one, two] = runs
    assert.deepEqual([one?.status, two?.status], [0, 0], `${one?.err}${two?.err}`)
    assert.equal(one?.out.replaceAll(at('one'), ''), two?.out.replaceAll(at('two'), ''))
    const { genesis, chain } = readGenesis(
      nodeCrypto.sha256,
      Uint8Array.from(await readFile(at('one', 'genesis.json'))),
    )
    assert.deepEqual(
      genesis.validators.map(({ org }) => org),
      [...ORGS].sort(),
    )
    assert.match(one?.out ?? '', new RegExp(`chain ${chain}`))
  })

  it('never writes over files that are there', async () => {
    const again = await dujiang(['network', 'found', at('manifest.json'), '--cards', at('cards'), '--out', at('one')])
    assert.equal(again.status, 2)
    assert.match(again.err, /never overwritten/)
  })

  it('[CARD-3] refuses a controller that could stop the ledger alone', async () => {
    const related = await nodeOf(at('related'), 'GENB', { controller: 'GENA group' })
    const cards = await cardsWith(related)
    assert.throws(() => foundedFiles(cards.founding, cards.all), /GENA group would hold 20 of 40/)
  })

  it('refuses a node of an organisation that is no member', async () => {
    const cards = await cardsWith(await nodeOf(at('stranger'), 'STRANGER'))
    assert.throws(() => foundedFiles(cards.founding, cards.all), /STRANGER is not registered/)
  })

  it('refuses a key of another organisation, and a time that is none', async () => {
    const [first, ...rest] = manifest.members
    const swapped = { ...manifest, members: [{ ...first, people: rest[0]?.people }, ...rest] }
    await writeFile(at('swapped.json'), JSON.stringify(swapped))
    await assert.rejects(readManifest(at('swapped.json')), /GENA/)
    await writeFile(at('timeless.json'), JSON.stringify({ ...manifest, time: 'soon' }))
    await assert.rejects(readManifest(at('timeless.json')), /\/time/)
  })

  it('takes an interface in the clear on this machine only', async () => {
    await assert.rejects(nodeOf(at('open'), 'SCPX', { api: 'http://node.example:26680' }), /https/)
  })

  async function cardsWith(card: Card) {
    const others = await Promise.all(
      ORGS.filter((org) => org !== card.org).map(
        async (org) => JSON.parse(await readFile(at('cards', `${org}.json`), 'utf8')) as Card,
      ),
    )
    return { founding: await readManifest(at('manifest.json')), all: [...others, card] }
  }
})
