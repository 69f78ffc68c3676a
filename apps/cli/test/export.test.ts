import assert from 'node:assert/strict'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { decodeCanonical } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { exportChain } from '@dujiang/node/export'
import { SimClock } from '@dujiang/node/seams'
import { Folders, auditor, filesOf } from './export-rig.ts'
import { dujiang } from './run.ts'
import { type Sample, openSample, provable, sampleChain } from './sample-chain.ts'

describe('dujiang export', () => {
  const folders = new Folders()
  let dir = ''
  let sample: Sample

  before(async () => {
    dir = await folders.make('open')
    sample = await sampleChain(dir, { sessions: 1, open: true })
  })
  after(() => folders.remove())

  const textOf = async (out: string): Promise<string> =>
    [...(await filesOf(out))]
      .filter(([name]) => name.startsWith('blocks-'))
      .map(([, bytes]) => bytes)
      .join('')

  it('[EXP-1] writes the genesis file, canonical blocks in order and a manifest, and nothing else', async () => {
    const out = join(dir, 'all')
    const { status } = await dujiang(['export', '--data', sample.dataDir, out, '--operator', '--json'])
    assert.equal(status, 0)
    assert.deepEqual((await readdir(out)).sort(), ['blocks-000000001.ndjson', 'genesis.json', 'manifest.json'])
    assert.deepEqual(await readFile(join(out, 'genesis.json')), await readFile(sample.genesisPath))
    const lines = (await textOf(out)).split('\n')
    assert.equal(lines.pop(), '')
    assert.equal(lines.length, sample.height)
    for (const line of lines) assert.equal(decodeCanonical(Buffer.from(line)).ok, true)
  })

  it('[EXP-3] ends with a block that leaves the app hash as it was', async () => {
    const out = join(dir, 'all')
    const lines = (await textOf(out))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const manifest = JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8'))
    const last = lines.at(-1)
    assert.equal(last.txs.length, 0)
    assert.equal(last.header.appHash.toLowerCase(), manifest.appHash)
    assert.notEqual(last.header.appHash, lines.at(-2).header.appHash)
  })

  it('[EXP-4] shows no order of a session before its gate, and warns the operator who asks for them', async () => {
    const out = join(dir, 'public')
    const everyone = await dujiang(['export', '--data', sample.dataDir, out, '--json'])
    assert.equal(everyone.status, 0)
    assert.equal(everyone.err, '')
    const said = JSON.parse(everyone.out)
    assert.equal(said.ledger_height, sample.height)
    assert.equal(said.height, said.closed_at_height - 1)
    const text = await textOf(out)
    assert.match(text, /"session":"S1"/)
    const orders = text.split('\n').filter((line) => line.includes('auction.order.submit'))
    assert.ok(orders.length > 0)
    assert.ok(orders.every((line) => !line.includes('"session":"OPEN"')))
    assert.equal((await auditor(Uint8Array.from(await readFile(sample.genesisPath)))(out)).ok, true)

    const operator = await dujiang(['export', '--data', sample.dataDir, join(dir, 'operator'), '--operator'])
    assert.match(operator.err, /^warning: /)
    assert.match(await textOf(join(dir, 'operator')), /"session":"OPEN"/)
  })

  it('[EXP-4] shows everything once the gate has passed, also of a ledger that is running', async () => {
    const genesisBytes = Uint8Array.from(await readFile(sample.genesisPath))
    const clock = new SimClock(1_900_000_000_000)
    const node = await openSample(dir, genesisBytes, clock)
    try {
      const recovered = node.status().height
      assert.equal(recovered, sample.height)
      await clock.advanceTo(clock.nowMs() + 1_000)
      // The gate falls due in a first block and is provable with the next.
      await provable(node, clock, recovered + 2)
      const out = join(dir, 'running')
      const { status, out: said } = await dujiang(['export', '--data', sample.dataDir, out, '--json'])
      assert.equal(status, 0)
      assert.equal(JSON.parse(said).height, node.status().height)
      assert.equal(JSON.parse(said).app_hash, node.status().appHash)
      assert.match(await textOf(out), /"session":"OPEN"/)
      assert.equal((await auditor(genesisBytes)(out)).ok, true)
    } finally {
      await node.close()
    }
  })

  it('[EXP-6] touches no folder that holds something, and leaves none behind when it fails', async () => {
    const out = await folders.make('taken')
    await writeFile(join(out, 'mine'), 'x')
    const taken = await dujiang(['export', '--data', sample.dataDir, out])
    assert.equal(taken.status, 2)
    assert.match(taken.err, /not empty/)
    assert.deepEqual(await readdir(out), ['mine'])

    const data = await folders.make('damaged/data/journal')
    const [segment = ''] = (await readdir(join(sample.dataDir, 'journal'))).filter((name) => name.endsWith('.journal'))
    const bytes = await readFile(join(sample.dataDir, 'journal', segment))
    bytes.writeUInt8(bytes.readUInt8(3_000) ^ 1, 3_000)
    await writeFile(join(data, segment), bytes)
    await writeFile(join(data, '../genesis.json'), await readFile(sample.genesisPath))
    const parent = await folders.make('damaged/to')
    const damaged = await dujiang(['export', '--data', join(data, '..'), join(parent, 'out')])
    assert.equal(damaged.status, 2)
    assert.match(damaged.err, /damaged/)
    assert.deepEqual(await readdir(parent), [])
  })

  it("[EXP-5] takes a write that was cut off at the journal's end for no damage, and changes nothing", async () => {
    const data = await folders.make('torn/data/journal')
    const [segment = ''] = (await readdir(join(sample.dataDir, 'journal'))).filter((name) => name.endsWith('.journal'))
    const whole = await readFile(join(sample.dataDir, 'journal', segment))
    const torn = whole.subarray(0, whole.length - 100)
    await writeFile(join(data, segment), torn)
    await writeFile(join(data, '../genesis.json'), await readFile(sample.genesisPath))
    const out = join(dir, 'torn')
    await exportChain({ app: dujiangMarket(), crypto: nodeCrypto, dataDir: join(data, '..'), outDir: out })
    assert.deepEqual(await readFile(join(data, segment)), torn)
    assert.deepEqual(await readdir(data), [segment])
    assert.equal((await auditor(Uint8Array.from(await readFile(sample.genesisPath)))(out)).ok, true)
  })

  it('says in one line what --data must be', async () => {
    const { status, err } = await dujiang(['export', '--data', await folders.make('nothing'), join(dir, 'none')])
    assert.equal(status, 2)
    assert.match(err, /^error: .*genesis\.json is missing: name a node's data folder\n$/)
  })
})
