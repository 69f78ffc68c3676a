import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Ledger, NO_BLOCK, type SnapshotManifest, headerHash, writeManifest } from '@dujiang/chain'
import { SimDisk } from '../../src/seams/index.ts'
import {
  type Base,
  type ChunkAnswer,
  type Offered,
  type SnapshotJoin,
  type SnapshotStore,
  demandTrueBase,
} from '../../src/snapshot/index.ts'
import { baseOf, damage, grow, grown, joinOf, largeGenesis, openStore, sha256, smallGenesis, take } from './rig.ts'

const ACCEPTED: ChunkAnswer = { result: 'accept', refetch: [], rejectSenders: [] }
const BASE = 'joined/base/base.snapshot'

function offerOf(store: SnapshotStore): Offered {
  const { manifest, manifestBytes, hash } = store.list()[0]!
  const { height, format, chunks } = manifest
  return { height, format, chunks: chunks.length, hash, metadata: manifestBytes }
}

const chunkOf = async (store: SnapshotStore, index: number): Promise<Uint8Array> =>
  (await store.chunk(store.list()[0]!.manifest.height, index)) as Uint8Array

const tipOf = ({ base }: SnapshotJoin) => base?.ledger.tip

/** A node that has run for a while, with a snapshot. */
async function running(genesisBytes: Uint8Array, blocks = 3): Promise<{ ledger: Ledger; store: SnapshotStore }> {
  const ledger = grown(genesisBytes, blocks)
  const store = await openStore(new SimDisk(1).mount())
  await take(store, ledger)
  return { ledger, store }
}

async function joinWhole(join: SnapshotJoin, store: SnapshotStore): Promise<void> {
  const offer = offerOf(store)
  assert.equal(await join.offer(offer, store.list()[0]!.manifest.appHash), 'accept')
  for (let index = 0; index < offer.chunks; index++) {
    assert.deepEqual(await join.apply(index, await chunkOf(store, index), 'peer'), ACCEPTED)
  }
}

describe('joining by snapshot', () => {
  it('[SNF-6] gives a ledger that goes on as the one it is of, also after a start from its base', async () => {
    const { ledger, store } = await running(largeGenesis)
    const sim = new SimDisk(2)
    const join = joinOf(sim.mount(), largeGenesis)
    await joinWhole(join, store)
    sim.losePower()
    const again = await baseOf(sim.mount(), largeGenesis)
    grow(ledger, 9)
    for (const each of [join.base!.ledger, again!.ledger]) {
      assert.equal(each.tip.height, 3)
      grow(each, 9)
      assert.deepEqual(each.tip, { ...ledger.tip, seal: undefined })
    }
  })

  it('[SNF-5] turns down what is in another form, is not what its hash says, or is not of the verified app hash', async () => {
    const { ledger, store } = await running(smallGenesis)
    const join = joinOf(new SimDisk(2).mount(), smallGenesis)
    const offer = offerOf(store)
    const { appHash } = ledger.tip
    assert.equal(await join.offer({ ...offer, format: 2 }, appHash), 'rejectFormat')
    assert.equal(await join.offer({ ...offer, hash: sha256(offer.hash) }, appHash), 'reject')
    assert.equal(await join.offer({ ...offer, height: 4 }, appHash), 'reject')
    assert.equal(await join.offer({ ...offer, chunks: 2 }, appHash), 'reject')
    assert.equal(await join.offer(offer, sha256(appHash)), 'reject')
    const garbage = Uint8Array.of(1, 2, 3)
    assert.equal(await join.offer({ ...offer, metadata: garbage, hash: sha256(garbage) }, appHash), 'reject')
    const stranger = joinOf(new SimDisk(2).mount(), largeGenesis)
    assert.equal(await stranger.offer(offer, appHash), 'reject')
    assert.equal((await join.apply(0, await chunkOf(store, 0), 'peer')).result, 'abort')
    assert.equal(tipOf(join), undefined)
  })

  it('[SNF-5] turns down a tip that its own headers do not show', async () => {
    const { ledger, store } = await running(smallGenesis)
    const { manifest } = store.list()[0]!
    const offer = async (change: Partial<SnapshotManifest>) => {
      const metadata = writeManifest({ ...manifest, ...change })
      const join = joinOf(new SimDisk(2).mount(), smallGenesis)
      return join.offer({ ...offerOf(store), metadata, hash: sha256(metadata) }, ledger.tip.appHash)
    }
    const { own, above } = manifest.headers
    assert.equal(await offer({}), 'accept')
    assert.equal(await offer({ timeMs: manifest.timeMs + 3_600_000 }), 'reject')
    assert.equal(await offer({ headers: { own, above: { ...above, lastBlockId: NO_BLOCK } } }), 'reject')
  })

  it('[SNF-9] a base whose next block is another is removed whole before it is executed, one that is true stays', async () => {
    const { ledger, store } = await running(smallGenesis)
    const sim = new SimDisk(2)
    await joinWhole(joinOf(sim.mount(), smallGenesis), store)
    const disk = sim.mount()
    const base = (await baseOf(disk, smallGenesis)) as Base
    const own = headerHash(sha256, store.list()[0]!.manifest.headers.above)
    await demandTrueBase(disk, 'joined/base', base, own)
    assert.equal((await baseOf(disk, smallGenesis))?.ledger.tip.height, ledger.tip.height)
    await assert.rejects(
      demandTrueBase(disk, 'joined/base', base, sha256(own)),
      /joined by a false snapshot: block 4 .*join again/,
    )
    sim.losePower()
    assert.deepEqual(await sim.mount().list('joined'), [])
    assert.equal(await baseOf(sim.mount(), smallGenesis), undefined)
  })

  it('[SNF-6] asks again for a chunk with other bytes, not of its sender, and for the one whose turn it is', async () => {
    const { ledger, store } = await running(largeGenesis)
    const join = joinOf(new SimDisk(2).mount(), largeGenesis)
    await join.offer(offerOf(store), ledger.tip.appHash)
    const [first, second] = [await chunkOf(store, 0), await chunkOf(store, 1)]
    const retry = (index: number, ...rejectSenders: string[]) => ({ result: 'retry', refetch: [index], rejectSenders })
    assert.deepEqual(await join.apply(1, second, 'peer'), retry(0))
    assert.deepEqual(await join.apply(0, second, 'liar'), retry(0, 'liar'))
    assert.deepEqual(await join.apply(0, first.subarray(1), ''), retry(0))
    assert.deepEqual(await join.apply(0, first, 'peer'), ACCEPTED)
    assert.deepEqual(await join.apply(0, first, 'peer'), retry(1))
    assert.deepEqual(await join.apply(1, second, 'peer'), ACCEPTED)
    assert.equal(tipOf(join)?.height, 3)
  })

  it('[SNF-6] rejects a snapshot whose bytes are as hashed but no such state, and takes another', async () => {
    const { ledger, store } = await running(smallGenesis)
    const offer = offerOf(store)
    const bent = (await chunkOf(store, 0)).slice()
    bent[bent.length - 1]! ^= 1
    const { hashOf, metadata } = withChunkHash(offer.metadata, bent)
    const disk = new SimDisk(2).mount()
    const join = joinOf(disk, smallGenesis)
    assert.equal(await join.offer({ ...offer, metadata, hash: hashOf }, ledger.tip.appHash), 'accept')
    assert.equal((await join.apply(0, bent, 'liar')).result, 'rejectSnapshot')
    assert.equal(tipOf(join), undefined)
    assert.deepEqual(await disk.list('joined/base'), [])
    assert.equal((await join.apply(0, bent, 'liar')).result, 'abort')
    await joinWhole(join, store)
    assert.deepEqual(tipOf(join), { ...ledger.tip, seal: undefined })
  })

  it('[SNF-6] a snapshot offered later replaces one half taken in, and a base joined before', async () => {
    const { ledger, store } = await running(largeGenesis)
    const disk = new SimDisk(2).mount()
    const join = joinOf(disk, largeGenesis)
    await joinWhole(join, store)
    grow(ledger, 4)
    await take(store, ledger)
    await join.offer(offerOf(store), ledger.tip.appHash)
    await join.apply(0, await chunkOf(store, 0), 'peer')
    assert.equal((await baseOf(disk, largeGenesis))?.ledger.tip.height, 3)
    await joinWhole(joinOf(disk, largeGenesis), store)
    assert.equal((await baseOf(disk, largeGenesis))?.ledger.tip.height, 4)
    assert.deepEqual(await disk.list('joined/base'), ['base.snapshot'])
  })

  it('[SNF-6] has a whole base or none, whenever the machine dies', async () => {
    const { ledger, store } = await running(smallGenesis)
    const chunk = await chunkOf(store, 0)
    const seen = { none: 0, whole: 0, acknowledged: 0 }
    for (let seed = 1; seed <= 60; seed++) {
      const sim = new SimDisk(seed)
      const join = joinOf(sim.mount(), smallGenesis)
      let acknowledged = false
      const joining = join
        .offer(offerOf(store), ledger.tip.appHash)
        .then(() => join.apply(0, chunk, 'peer'))
        .then(
          () => {
            acknowledged = true
          },
          () => undefined,
        )
      for (let steps = sim.random.below(90); steps > 0; steps--) await Promise.resolve()
      const before = acknowledged
      if (seed % 2 === 0) sim.killProcess()
      else sim.losePower()
      await joining
      const base = await baseOf(sim.mount(), smallGenesis)
      seen[base === undefined ? 'none' : 'whole'] += 1
      if (before) seen.acknowledged += 1
      if (before) assert.ok(base !== undefined, `seed ${seed}: an accepted snapshot is lost`)
      if (base !== undefined) assert.deepEqual(base.ledger.tip, { ...ledger.tip, seal: undefined }, `seed ${seed}`)
    }
    for (const [what, count] of Object.entries(seen)) assert.ok(count > 0, `never ${what}`)
  })

  it('[SNF-6] rejects when its disk fails, keeps nothing of it, and can begin anew', async () => {
    const { ledger, store } = await running(largeGenesis)
    const sim = new SimDisk(2)
    const join = joinOf(sim.mount(), largeGenesis)
    sim.conditions.capacityBytes = 1_100_000
    await join.offer(offerOf(store), ledger.tip.appHash)
    await join.apply(0, await chunkOf(store, 0), 'peer')
    await assert.rejects(join.apply(1, await chunkOf(store, 1), 'peer'), { code: 'ENOSPC' })
    assert.equal(tipOf(join), undefined)
    assert.equal(sim.names.usedBytes(), 0)
    sim.conditions.capacityBytes = 2 ** 40
    await joinWhole(join, store)
    assert.equal(tipOf(join)?.height, 3)
  })

  it('[SNF-7] a damaged base is refused by name, whatever byte it is, and left as it is', async () => {
    const { store } = await running(smallGenesis)
    const disk = new SimDisk(2).mount()
    assert.equal(await baseOf(disk, smallGenesis), undefined)
    await joinWhole(joinOf(disk, smallGenesis), store)
    const file = await disk.open(BASE)
    const size = await file.size()
    for (let at = 0; at < size; at += 7) {
      await damage(disk, BASE, at)
      await assert.rejects(baseOf(disk, smallGenesis), { kind: 'damaged', file: BASE }, `byte ${at}`)
      await damage(disk, BASE, at)
    }
    assert.equal((await baseOf(disk, smallGenesis))?.ledger.tip.height, 3)
    await assert.rejects(baseOf(disk, largeGenesis), /it is of another chain/)
  })
})

/** A manifest that names the hash of these bytes as that of its only chunk. */
function withChunkHash(metadata: Uint8Array, chunk: Uint8Array): { hashOf: Uint8Array; metadata: Uint8Array } {
  const text = Buffer.from(metadata)
    .toString()
    .replace(/"chunks":\["[0-9a-f]{64}"\]/, `"chunks":["${Buffer.from(sha256(chunk)).toString('hex')}"]`)
  const changed = Buffer.from(text)
  return { hashOf: sha256(changed), metadata: changed }
}
