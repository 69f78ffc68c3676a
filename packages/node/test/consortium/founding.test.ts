import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, describe, it } from 'node:test'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { toHex } from '@dujiang/core/crypto'
import {
  type Card,
  type Founding,
  FoundingRefused,
  foundConsortium,
  makeMemberKeys,
  memberCard,
  peersOf,
  readCard,
  readConsortium,
  writeCard,
} from '../../src/consortium/index.ts'
import { nodeIdOf } from '../../src/network/index.ts'

const publicKey = (byte: number): Uint8Array => signerFromSecret('ed25519', new Uint8Array(32).fill(byte)).publicKey

function card(place: number, over: Partial<Card> = {}): Card {
  return {
    api: `https://n${place}.example:26680`,
    controller: `controller ${place}`,
    doorKey: toHex(publicKey(50 + place)),
    host: `n${place}.example`,
    kind: 'dujiang-card',
    name: `node ${place}`,
    nodeId: nodeIdOf(publicKey(100 + place)),
    org: `ORG${place}`,
    p2pPort: 26656,
    role: 'validator',
    v: 1,
    validatorKey: toHex(publicKey(1 + place)),
    ...over,
  }
}

function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'dujiang-keys-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const four = [0, 1, 2, 3].map((place) => card(place))
const founding = (cards: readonly Card[], over: Partial<Founding> = {}): Founding => ({
  app: { name: 'trivial', version: 1, state: {} },
  domain: 'public',
  name: 'test',
  time: 1_790_000_000_000,
  cards,
  ...over,
})

describe('a card', () => {
  it('[CARD-1] is read as it was written, and nothing else is one', () => {
    const bytes = writeCard(card(1))
    assert.deepEqual(readCard(bytes), card(1))
    const text = new TextDecoder().decode(bytes)
    for (const other of [text.replace('{', '{ '), text.replace('"v":1', '"v":2'), text.replace('"v":1', '"w":1'), '']) {
      assert.equal(typeof readCard(new TextEncoder().encode(other)), 'string', other)
    }
  })

  it('[CARD-1] is none with an interface that no client can ask, alone or in the list of nodes', () => {
    const encoder = new TextEncoder()
    const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
    for (const api of ['n1.example:26680', 'ftp://n1.example', 'https://']) {
      const changed = (text: string): Uint8Array => encoder.encode(text.replace('https://n1.example:26680', api))
      assert.equal(readCard(changed(textOf(writeCard(card(1))))), '/api notAnAddress')
      const { consortiumBytes } = foundConsortium(founding(four))
      assert.equal(readConsortium(changed(textOf(consortiumBytes))), '/nodes/1/api notAnAddress')
      assert.throws(() => writeCard(card(1, { api })), /^Error: card: \/api notAnAddress$/)
    }
  })
})

describe('founding a consortium', () => {
  it('[CARD-2] makes the same files of the same cards in any order', () => {
    const full = card(4, { role: 'full' })
    const one = foundConsortium(founding([...four, full]))
    const other = foundConsortium(founding([full, ...four.toReversed()]))
    assert.deepEqual(one, other)
    const { genesis, chain } = readGenesis(nodeCrypto.sha256, one.genesisBytes)
    assert.deepEqual(
      genesis.validators.map(({ org, power }) => [org, power]),
      four.map(({ org }) => [org, 10]),
    )
    const consortium = readConsortium(one.consortiumBytes)
    assert.ok(typeof consortium === 'object')
    assert.equal(consortium.chain, chain)
    assert.deepEqual(
      peersOf(consortium, full.nodeId).map(({ name }) => name),
      four.map(({ org }) => org),
    )
  })

  it('[CARD-3] is refused when two cards share what is to be one node’s', () => {
    for (const field of ['org', 'nodeId', 'validatorKey', 'doorKey'] as const) {
      const twice = card(4, { [field]: four[1]![field] })
      assert.throws(() => foundConsortium(founding([...four, twice])), FoundingRefused, field)
    }
  })

  it('[CARD-3] is refused from a third of the power for one controller on', () => {
    const related = card(1, { controller: four[0]!.controller })
    assert.throws(() => foundConsortium(founding([four[0]!, related, four[2]!, four[3]!])), /20 of 40/)
    assert.throws(() => foundConsortium(founding(four, { powers: { ORG0: 4, ORG1: 4, ORG2: 2, ORG3: 2 } })), /4 of 12/)
    // A ninth less than a third.
    foundConsortium(founding([...four, card(4)], { powers: { ORG0: 4, ORG1: 4, ORG2: 4, ORG3: 4, ORG4: 2 } }))
  })

  it('[CARD-3] is refused with an odd power', () => {
    assert.throws(() => foundConsortium(founding(four, { powers: { ORG2: 9 } })), /ORG2 has power 9: powers are even/)
  })

  it('[CARD-3] is refused with fewer than two validators, and with power for one that does not vote', () => {
    assert.throws(() => foundConsortium(founding([four[0]!, card(1, { role: 'full' })])), /a pilot/)
    assert.throws(() => foundConsortium(founding(four, { powers: { ORG9: 1 } })), /ORG9/)
  })
})

describe('an organisation’s keys', () => {
  const stated = { org: 'A', name: 'a', controller: 'c', role: 'full', host: 'h', p2pPort: 1, api: 'http://h' } as const

  it('[CARD-4] are made for their owner alone, once, and stand nowhere in the card', async (t) => {
    const dir = join(temporaryFolder(t), 'keys')
    const made = await makeMemberKeys(dir, stated)
    assert.deepEqual(await memberCard(dir), made)
    const secrets = readdirSync(dir).filter((name) => name.endsWith('.secret'))
    assert.equal(secrets.length, 3)
    const text = readFileSync(join(dir, 'card.json'), 'utf8')
    for (const name of secrets) {
      assert.equal(statSync(join(dir, name)).mode & 0o777, 0o600)
      assert.ok(!text.includes(readFileSync(join(dir, name), 'utf8').trim()))
    }
    await assert.rejects(makeMemberKeys(dir, stated), /holds keys already/)
  })

  it('[CARD-5] are refused beside the card of others', async (t) => {
    const dir = join(temporaryFolder(t), 'keys')
    await makeMemberKeys(dir, stated)
    writeFileSync(join(dir, 'door.secret'), `${'07'.repeat(32)}\n`)
    await assert.rejects(memberCard(dir), /names other keys/)
    writeFileSync(join(dir, 'door.secret'), 'torn')
    await assert.rejects(memberCard(dir), /64 hexadecimal digits/)
  })
})
