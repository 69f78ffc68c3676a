import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { HeldLedger, SNAPSHOT_CHUNK_BYTES, type TipHeaders } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { headersOf as headersOfLedger } from '@dujiang/testing/trivial'
import { SimDisk, realDisk } from '../../src/seams/index.ts'
import { SnapshotStore } from '../../src/snapshot/index.ts'
import { damage, grow, grown, headersOfGrown, largeGenesis, openStore, sha256, smallGenesis, take } from './rig.ts'

const heightsOf = (store: SnapshotStore): number[] => store.list().map(({ manifest }) => manifest.height)

describe('the store of snapshots', () => {
  it('[SNF-2] takes one at each of its heights while blocks go on, and passes over what comes too soon', async () => {
    const store = await openStore(new SimDisk(1).mount(), 2)
    const ledger = grown(largeGenesis, 1)
    await take(store, ledger)
    assert.deepEqual(heightsOf(store), [])
    grow(ledger, 2)
    const { appHash } = ledger.tip
    store.follow(ledger)
    for (const amount of [3, 4, 5]) {
      grow(ledger, amount)
      store.follow(ledger)
    }
    await store.settled()
    assert.deepEqual(heightsOf(store), [2])
    assert.deepEqual(store.list()[0]?.manifest.appHash, appHash)
    grow(ledger, 6)
    await take(store, ledger)
    assert.deepEqual(heightsOf(store), [6, 2])
  })

  it('[SNF-2] offers it once the next header is known, and gives it up when it is closed before', async () => {
    const next = Promise.withResolvers<TipHeaders>()
    const disk = new SimDisk(1).mount()
    const store = await openStore(disk, 1, () => next.promise)
    const ledger = grown(smallGenesis, 1)
    store.follow(ledger)
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(heightsOf(store), [])
    next.resolve(headersOfLedger(ledger))
    await store.settled()
    assert.deepEqual(heightsOf(store), [1])
    const waiting = await openStore(disk, 1, () => new Promise(() => undefined))
    grow(ledger, 2)
    waiting.follow(ledger)
    await waiting.close()
    assert.deepEqual(await disk.list('node/snapshots'), ['0000000000000001.snapshot'])
  })

  it('[SNF-4] does without one whose headers are of another ledger', async () => {
    const ledger = grown(smallGenesis, 1)
    const store = await openStore(new SimDisk(1).mount(), 1, async () => headersOfLedger(grown(largeGenesis, 1)))
    await take(store, ledger)
    assert.match(store.fault?.message ?? '', /^snapshot 1: its/)
    assert.deepEqual(heightsOf(store), [])
  })

  it('[SNF-3] keeps the newest two, also when opened again', async () => {
    const disk = new SimDisk(1).mount()
    const store = await openStore(disk)
    const ledger = grown(smallGenesis, 0)
    for (const amount of [1, 2, 3]) {
      grow(ledger, amount)
      await take(store, ledger)
    }
    assert.deepEqual(heightsOf(store), [3, 2])
    assert.equal((await disk.list('node/snapshots')).length, 2)
    assert.deepEqual(heightsOf(await openStore(disk)), [3, 2])
  })

  it('[SNF-1] hands out the chunks it was given, and none of places or heights it has not', async () => {
    const store = await openStore(new SimDisk(1).mount())
    const ledger = grown(largeGenesis, 3)
    await take(store, ledger)
    const held = new HeldLedger(ledger)
    const chunks = [...held.chunks()].filter((chunk) => chunk !== undefined).map((chunk) => chunk.length)
    held.release()
    assert.equal(chunks[0], SNAPSHOT_CHUNK_BYTES)
    assert.equal(chunks.length, 2)
    const [file] = store.list()
    for (const [index, length] of chunks.entries()) {
      const chunk = await store.chunk(3, index)
      assert.equal(chunk?.length, length)
      assert.equal(toHex(sha256(chunk!)), toHex(file!.manifest.chunks[index]!))
    }
    assert.equal(toHex(sha256(file!.manifestBytes)), toHex(file!.hash))
    for (const [height, index] of [
      [3, 2],
      [3, -1],
      [2, 0],
    ] as const) {
      assert.equal(await store.chunk(height, index), undefined)
    }
  })

  it('[SNF-1] takes the leaves from where they are kept, if the log has forgotten them', async () => {
    const ledger = grown(smallGenesis, 300)
    const kept = ledger.receiptLog.leaves(0, 300)
    const disk = new SimDisk(1).mount()
    const leavesFrom = async (from: number, to: number): Promise<Uint8Array> => kept.slice(32 * from, 32 * to)
    const store = await SnapshotStore.open(disk, 'other/snapshots', sha256, 1, headersOfGrown, leavesFrom)
    const whole = await openStore(disk)
    await take(whole, ledger)
    ledger.receiptLog.forgetBefore(300)
    await take(store, ledger)
    assert.equal(store.fault, undefined)
    assert.deepEqual(store.list()[0]?.manifestBytes, whole.list()[0]?.manifestBytes)
  })

  it('[SNF-4] hands out no damaged chunk, and offers a damaged snapshot no more', async () => {
    const disk = new SimDisk(1).mount()
    const store = await openStore(disk)
    const ledger = grown(largeGenesis, 1)
    await take(store, ledger)
    const { path } = store.list()[0]!
    await damage(disk, path, SNAPSHOT_CHUNK_BYTES + 7)
    assert.notEqual(await store.chunk(1, 0), undefined)
    assert.equal(await store.chunk(1, 1), undefined)
    assert.deepEqual(heightsOf(store), [])
    assert.equal(await store.chunk(1, 0), undefined)
  })

  it('[SNF-4] does not open what is damaged at its end, wherever, or cut anywhere', async () => {
    const sim = new SimDisk(1)
    const disk = sim.mount()
    const ledger = grown(smallGenesis, 1)
    await take(await openStore(disk), ledger)
    const { path, manifest } = (await openStore(disk)).list()[0]!
    const file = await disk.open(path)
    const bytes = await file.read(0, await file.size())
    const end = [...bytes.keys()].slice(manifest.bytes)
    assert.ok(end.length > 300)
    for (const at of end) {
      const again = await disk.open(path)
      await again.truncate(0)
      await again.write(0, bytes)
      if (at % 2 === 0) await damage(disk, path, at)
      else await again.truncate(at)
      assert.deepEqual(heightsOf(await openStore(disk)), [], `byte ${at}`)
      assert.deepEqual(await disk.list('node/snapshots'), [])
    }
  })

  it('[SNF-4] does without one that cannot be written, says why, and takes the next', async () => {
    const sim = new SimDisk(1)
    const store = await openStore(sim.mount())
    const ledger = grown(largeGenesis, 1)
    sim.conditions.capacityBytes = 1_100_000
    await take(store, ledger)
    assert.match(store.fault?.message ?? '', /ENOSPC/)
    assert.deepEqual(heightsOf(store), [])
    assert.equal(sim.names.usedBytes(), 0)
    sim.conditions.capacityBytes = 2 ** 40
    grow(ledger, 2)
    await take(store, ledger)
    assert.equal(store.fault, undefined)
    assert.deepEqual(heightsOf(store), [2])
  })

  it('[SNF-1] holds whole snapshots only, whenever the machine dies', async () => {
    const seen = new Set<string>()
    for (let seed = 1; seed <= 60; seed++) {
      const sim = new SimDisk(seed)
      const ledger = grown(smallGenesis, 1)
      const store = await openStore(sim.mount())
      await take(store, ledger)
      grow(ledger, 2)
      store.follow(ledger)
      for (let turns = sim.random.below(24); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
      for (let steps = sim.random.below(12); steps > 0; steps--) await Promise.resolve()
      if (seed % 2 === 0) sim.killProcess()
      else sim.losePower()
      await store.settled()
      const disk = sim.mount()
      const again = await openStore(disk)
      const heights = heightsOf(again).join()
      seen.add(heights)
      assert.ok(heights === '1' || heights === '2,1', `seed ${seed}: ${heights}`)
      for (const { manifest } of again.list()) assert.ok((await again.chunk(manifest.height, 0)) !== undefined)
      assert.equal((await disk.list('node/snapshots')).length, again.list().length)
    }
    assert.deepEqual([...seen].sort(), ['1', '2,1'])
  })

  it('[SNF-1] gives up what is under way when it is closed, and works on the machine’s disk', async (t) => {
    const dir = mkdtempSync(join(tmpdir(), 'dujiang-snapshots-'))
    t.after(() => rmSync(dir, { recursive: true, force: true }))
    const ledger = grown(largeGenesis, 1)
    const store = await SnapshotStore.open(realDisk, dir, sha256, 1, headersOfGrown)
    await take(store, ledger)
    grow(ledger, 2)
    store.follow(ledger)
    await store.close()
    grow(ledger, 3)
    store.follow(ledger)
    await store.settled()
    assert.deepEqual(readdirSync(dir), ['0000000000000001.snapshot'])
    assert.deepEqual(heightsOf(await SnapshotStore.open(realDisk, dir, sha256, 1, headersOfGrown)), [1])
  })
})
