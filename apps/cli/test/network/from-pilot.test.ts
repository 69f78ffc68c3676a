import assert from 'node:assert/strict'
import { mkdir, copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { addressOf, readGenesis } from '@dujiang/chain'
import { identityOf } from '@dujiang/client'
import { fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { type Person, TestMarket, dispatcher, exchange, gridCompany, regulator } from '@dujiang/testing/market-fixture'
import { openHomeNode } from '@dujiang/node/network'
import { Cluster, type Place, cometHere, freeBlock } from '@dujiang/testing/network'
import { foundedFiles } from '../../src/network/found.ts'
import { makeNode } from '../../src/network/keys.ts'
import { pilotLedger } from '../../src/network/pilot.ts'
import { Folders } from '../export-rig.ts'
import { keyFileOf } from '../key-files.ts'
import { dujiang } from '../run.ts'
import { type Pilot, endedPilot } from './pilot.ts'

const { cometbft, skip } = await cometHere()

const founders: readonly Person[] = [exchange, dispatcher, regulator, gridCompany]
/** A generator that the pilot's exchange has admitted; its node comes to the network later. */
const LATE = 'GENA'
const orgs = [...founders.map(({ org }) => org), LATE]
const [EXCHANGE, DISPATCHER, REGULATOR, LATECOMER] = [0, 1, 2, founders.length]
const running = [...founders.keys()]
/** Room of a node: its interface, its peers, RPC, three places for Prometheus. */
const STRIDE = 10
/** Heights: so often that there is a snapshot within a minute, and so seldom that one that is offered is still there when it is fetched. */
const SNAPSHOT_EVERY = 40

describe('a network that follows a pilot', { skip }, () => {
  const folders = new Folders()
  let dir = ''
  let pilot: Pilot
  let cluster: Cluster | undefined
  let first = 0

  const at = (...names: readonly string[]): string => join(dir, ...names)
  const portOf = (node: number, which: number): number => first + STRIDE * node + which
  const homeOf = (org: string): string => at('nodes', org)
  const consortium = (): readonly string[] => ['--consortium', at('public')]
  const network = (): Cluster => cluster as Cluster

  async function said(...args: readonly string[]): Promise<string> {
    const { status, out, err } = await dujiang(args)
    assert.equal(status, 0, err || out)
    return out
  }

  /** What every member says to have its node laid out. */
  const layingOut = (node: number): readonly string[] => {
    const org = orgs[node] as string
    const ports = ['--rpc', String(portOf(node, 2)), '--metrics', String(portOf(node, 3))]
    return [homeOf(org), ...consortium(), '--keys', at('keys', org), '--pilot', pilot.dataDir, ...ports]
  }

  before(async () => {
    dir = await folders.make('p')
    first = await freeBlock(STRIDE * orgs.length)
    await mkdir(at('cards'))
    await Promise.all(
      orgs.map(async (org, node) => {
        const api = `http://127.0.0.1:${portOf(node, 0)}`
        const stated = { org, name: `${org} node`, controller: `${org} group`, role: 'validator' } as const
        await makeNode(at('keys', org), { ...stated, host: '127.0.0.1', p2pPort: portOf(node, 1), api })
        if (org !== LATE) await copyFile(at('keys', org, 'card.json'), at('cards', `${org}.json`))
      }),
    )
    pilot = await endedPilot(dir, [LATE])
    await writeFile(at('manifest.json'), JSON.stringify({ name: 'test', time: new Date().toISOString() }))
  })
  after(async () => {
    await cluster?.close()
    await folders.remove()
  })

  it('[GEN-6] is not founded at an earlier time, with members of its own, or on results that no header states', async () => {
    const founding = { name: 'test', domain: 'public', powers: {}, state: undefined, timeMs: Date.now() }
    const cards = await Promise.all(
      founders.map(async ({ org }) => JSON.parse(await readFile(at('keys', org, 'card.json'), 'utf8'))),
    )
    const ledger = await pilotLedger(pilot.dataDir)
    assert.throws(() => foundedFiles({ ...founding, timeMs: 1 }, cards, ledger), /\/time/)
    assert.throws(() => foundedFiles({ ...founding, state: {} }, cards, ledger), /members/)
    const market = new TestMarket()
    market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
    assert.throws(() => foundedFiles(founding, cards, market.ledger), /停得太早|stopped too early/)
  })

  it('[HOME-2] [GEN-6] goes on from the block in which the pilot ended, with its state and its receipts', async () => {
    const from = ['--cards', at('cards'), '--out', at('public'), '--follows', pilot.dataDir]
    await said('network', 'found', at('manifest.json'), ...from)
    const genesisBytes = Uint8Array.from(await readFile(at('public/genesis.json')))
    assert.equal(readGenesis(nodeCrypto.sha256, genesisBytes).genesis.follows?.height, pilot.height)
    await Promise.all(running.map((node) => said('network', 'home', ...layingOut(node))))

    const places = orgs.map((org, node): Place => {
      const rpcUrl = `http://127.0.0.1:${portOf(node, 2)}`
      return { name: org, home: homeOf(org), apiPort: portOf(node, 0), p2pPort: portOf(node, 1), rpcUrl }
    })
    const half = { snapshotEvery: SNAPSHOT_EVERY }
    const run = { cometbft, form: 'inside', application: 'market', half } as const
    cluster = Cluster.over({ dir, genesisBytes, places }, run)
    await cluster.startAll(running)
    assert.equal((await cluster.member(EXCHANGE).rpc.status()).earliestHeight, pilot.height + 1)
    await cluster.agree(running)
    for (const node of running) assert.equal(cluster.member(node).node?.status().receipts, pilot.receipts)
    const identity = identityOf(nodeCrypto.sha256, exchange.org, exchange.signer)
    const opened = { act: 'auction.sequence.open', payload: { sequence: 'Q', name: '月度' } }
    const { receipt } = await cluster.clientOf(EXCHANGE).act(identity, opened)
    assert.deepEqual([receipt.code, receipt.index], [0, pilot.receipts])
  })

  it('[CARD-8] [SNF-5] is joined by a node that begins from a snapshot, and comes to the same state', async (t) => {
    await said('network', 'admit', at('keys', LATE, 'card.json'), ...consortium())
    await Promise.all(founders.map(({ org }) => said('network', 'peers', homeOf(org), ...consortium())))
    const { height: now } = await network().member(EXCHANGE).rpc.status()
    const taken = SNAPSHOT_EVERY * Math.ceil((now + 1) / SNAPSHOT_EVERY)
    // The blocks that prove it are made too.
    await network().untilAll('there is a snapshot', ({ height }) => height > taken + 2, { among: running })
    const from = [EXCHANGE, DISPATCHER].map((node) => network().member(node).place.rpcUrl).join(',')
    const joined = await said('network', 'join', ...layingOut(LATECOMER), '--by', 'snapshot', '--from', from)
    assert.match(joined, /trusting block \d+ [0-9a-f]{64}/)
    const startMs = performance.now()
    await network().startAll([LATECOMER])
    await network().agree()
    t.diagnostic(`${Math.round(performance.now() - startMs)} ms from its start until it agrees`)
    const { earliestHeight } = await network().member(LATECOMER).rpc.status()
    assert.ok(earliestHeight > pilot.height + 1, `it has blocks from ${earliestHeight} on`)
  })

  it('[NETWORK-5] takes that node in among its validators by its members’ decision, and it signs blocks', async () => {
    const card = at('keys', LATE, 'card.json')
    const { validatorKey } = JSON.parse(await readFile(card, 'utf8'))
    const asMember = async (node: number): Promise<readonly string[]> => {
      const key = await keyFileOf(dir, founders[node] as Person)
      return ['--key', key, '--node', network().member(node).url]
    }
    const validator = ['network', 'validator']
    const { id } = JSON.parse(await said(...validator, 'propose', 'add', card, ...(await asMember(EXCHANGE))))
    await said(...validator, 'approve', id, ...(await asMember(DISPATCHER)))
    const decided = await said(...validator, 'approve', id, ...(await asMember(REGULATOR)))
    const { height } = JSON.parse(decided).receipt as { readonly height: number }

    const { rpc } = network().member(EXCHANGE)
    const votes = async (of: number): Promise<boolean> =>
      (await rpc.validators(of)).some(({ publicKey }) => toHex(publicKey) === validatorKey)
    await network().untilAll('the new set signs', (node) => node.height > height + 2)
    assert.deepEqual([await votes(height + 1), await votes(height + 2)], [false, true])
    const address = toHex(addressOf(nodeCrypto.sha256, fromHex(validatorKey)))
    const hasSigned = async (of: number): Promise<boolean> =>
      (await rpc.commit(of)).commit.signatures.some((sig) => toHex(sig.validatorAddress) === address)
    await network().until('it signs', async () => hasSigned((await rpc.status()).height - 1))
    await network().agree()
  })

  it('[AUDIT-1] [EXP-3] leaves a history that anyone can audit, from the pilot’s first block on', async () => {
    // Until the block that did something is sealed, and the one after it, an export ends before them.
    await network().advance(3)
    await network().stop()
    const [own, before] = [at('export'), at('pilot-export')]
    const data = join(homeOf('SCPX'), 'ledger')
    const exported = [said('export', own, '--data', data), said('export', before, '--data', pilot.dataDir)]
    await Promise.all(exported)
    const how = ['--genesis', at('public/genesis.json'), '--json']
    const report = JSON.parse(await said('audit', own, '--follows', before, ...how))
    assert.deepEqual([report.ok, report.first_bad], [true, null])
    const trusted = report.trusts.map(({ org, power }: { org: string; power: number }) => `${org} ${power}`)
    assert.deepEqual(trusted, ['SCPX 1', 'DISP 10', 'GRID 10', 'REG 10', 'SCPX 10'])
    assert.ok(report.receipts > 0 && report.height > pilot.height, JSON.stringify(report))
    const alone = await dujiang(['audit', own, ...how])
    assert.equal(alone.status, 1)
    assert.match(JSON.parse(alone.out).first_bad.reason, /is not at hand/)
  })

  it('[IMP-1] gives the node that began from a snapshot the network’s history before it', async () => {
    const taken = JSON.parse(await said('network', 'import', at('export'), '--home', homeOf(LATE), '--json'))
    // Of what was before the snapshot: one act.
    assert.equal(taken.receipts, 1)
    const node = await openHomeNode(homeOf(LATE), dujiangMarket(), { workers: 0 })
    const { firstReceipt, appHash } = node.status()
    await node.close()
    assert.deepEqual([firstReceipt, appHash], [pilot.receipts, taken.app_hash])
  })
})
