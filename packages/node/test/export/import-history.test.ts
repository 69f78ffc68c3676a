import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { electingApp } from '@dujiang/testing/trivial'
import { type Imported, NotImported, auditExport, importHistory } from '../../src/export/index.ts'
import { type Disk, SimDisk, seededRandom } from '../../src/seams/index.ts'
import { FOLDER, Member, Story, copyOf, exportOf, failingDisk, joinedAt, recordsOf } from './history-rig.ts'

let root = ''
let folders = 0
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'dujiang-import-'))
})
after(() => rm(root, { recursive: true }))

const folder = (): string => join(root, String(folders++))

const importTo = (disk: Disk, from: string): Promise<Imported> =>
  importHistory({ app: electingApp(), crypto: nodeCrypto, from, dataDir: FOLDER, disk, threads: 0 })

interface Played {
  readonly story: Story
  /** Of the node that executed everything. */
  readonly full: SimDisk
  /** Of the one that joined. */
  readonly joined: SimDisk
  /** An export of the first. */
  readonly out: string
}

/** A node joins at `joinAt` and stops at `stopAt`; the story goes on to `end`. */
async function play(
  story: Story,
  make: (story: Story) => Promise<unknown>,
  { joinAt, stopAt, end }: { readonly joinAt: number; readonly stopAt: number; readonly end: number },
): Promise<Played> {
  const full = new SimDisk(1)
  const everything = await Member.open(story, full.mount())
  const to = async (height: number): Promise<void> => {
    while (story.height < height) await make(story)
    await everything.takeTo(height)
  }
  await to(joinAt)
  const joined = await joinedAt(everything.keeper.ledger, story.rig.genesisBytes)
  const member = await Member.open(story, joined.mount())
  await to(stopAt)
  await member.takeTo(stopAt)
  await member.close()
  await to(end)
  await everything.close()
  return { story, full, joined, out: await exportOf(full.mount(), folder()) }
}

const quiet = (story: Story): Promise<unknown> => story.block()
const busy = (story: Story): Promise<unknown> => (story.height % 3 === 0 ? story.block(story.rig.mix(1)) : quiet(story))

/** The folder as a node finds it. */
async function look({ story }: Played, disk: SimDisk) {
  const member = await Member.open(story, disk.mount())
  const { receipts, ledger, recordedHeight } = member.keeper
  const { height, appHash } = ledger.tip
  const seen = { first: receipts.firstIndex, size: receipts.size, height, recordedHeight, appHash: toHex(appHash) }
  const seals = [...member.archive.heights]
  await member.close()
  return { ...seen, seals }
}

describe('a history taken in', () => {
  it('[IMP-1] [IMP-2] makes a node that joined by snapshot one that has executed everything', async () => {
    for (let seed = 1; seed <= 8; seed++) {
      const random = seededRandom(seed)
      const joinAt = 5 + random.below(25)
      const stopAt = joinAt + random.below(12)
      const story = new Story()
      const any = (): Promise<unknown> => (story.height < stopAt + 4 ? story.any(random) : story.block())
      const played = await play(story, any, { joinAt, stopAt, end: stopAt + 10 })
      const before = await look(played, played.joined)
      const imported = await importTo(played.joined.mount(), played.out)
      assert.equal(imported.joinedAtHeight, joinAt, `seed ${seed}`)
      assert.equal(imported.receipts, before.first)
      const now = await look(played, played.joined)
      assert.deepEqual({ ...before, first: 0, seals: now.seals }, now, `seed ${seed}`)
      // Byte for byte the records that it would have written, with the exact time of the block before each.
      const [own, theirs] = [await recordsOf(played.joined.mount()), await recordsOf(played.full.mount())]
      for (const [height, record] of theirs) {
        if (height <= stopAt) assert.equal(own.get(height), record, `seed ${seed}, block ${height}`)
      }
      // It goes on, and has all that is kept of the chain.
      const member = await Member.open(story, played.joined.mount())
      await member.takeTo(story.height)
      const whole = await Member.open(story, played.full.mount())
      await whole.takeTo(story.height)
      await whole.settled()
      await member.settled()
      const missing = whole.archive.heights.filter((height) => !member.archive.has(height))
      assert.deepEqual(missing, [], `seed ${seed}`)
      assert.equal(toHex(member.keeper.ledger.tip.appHash), toHex(story.ledger.tip.appHash))
      const { size } = whole.keeper.receipts
      assert.deepEqual(await member.keeper.receipts.range(0, size), await whole.keeper.receipts.range(0, size))
      await member.close()
      await whole.close()
      const exported = await exportOf(played.joined.mount(), folder())
      const { rig } = story
      const audited = { app: electingApp(), crypto: nodeCrypto, genesisBytes: rig.genesisBytes, threads: 0 }
      const [again, others] = [
        await auditExport({ ...audited, dir: exported }),
        await auditExport({ ...audited, dir: played.out }),
      ]
      assert.deepEqual([again.firstBad, again.receipts], [undefined, others.receipts], `seed ${seed}`)
    }
  })

  it('[IMP-2] has the first block that new validators sign, whom the last blocks up to the base have named', async () => {
    // Block 8 names them and 10 is the first they sign; block 14 does something, so that the node goes on from there.
    const make = (story: Story): Promise<unknown> => {
      if (story.height === 7) return story.block(story.reseat(3))
      return story.height === 13 ? story.block(story.rig.mix(1)) : quiet(story)
    }
    for (const joinAt of [8, 9]) {
      const played = await play(new Story(), make, { joinAt, stopAt: 16, end: 18 })
      await importTo(played.joined.mount(), played.out)
      const { recordedHeight, seals } = await look(played, played.joined)
      assert.equal(recordedHeight, 14)
      assert.deepEqual(seals, [1, 7, 8, 9, 10, 13, 14, 15], `joined at ${joinAt}`)
    }
  })

  it('[IMP-3] records the block of the base where the node has nothing after it, also when the export has left it out', async () => {
    for (const joinAt of [9, 10, 12]) {
      const story = new Story()
      const make = (): Promise<unknown> =>
        story.height === 4 || story.height === 15 ? story.block(story.rig.mix(1)) : quiet(story)
      const played = await play(story, make, { joinAt, stopAt: joinAt, end: 20 })
      await importTo(played.joined.mount(), played.out)
      const { height, recordedHeight, seals } = await look(played, played.joined)
      assert.deepEqual([height, recordedHeight], [joinAt, joinAt])
      assert.deepEqual(seals, [1, 4, 5, 6])
    }
  })

  it('[IMP-4] is there whole or not at all, whenever the machine dies', async () => {
    const played = await play(new Story(), busy, { joinAt: 8, stopAt: 11, end: 16 })
    const old = await look(played, played.joined)
    const outcomes = { old: 0, new: 0 }
    for (let failAt = 1; ; failAt++) {
      const sim = await copyOf(played.joined, failAt)
      const { disk, done } = failingDisk(sim, failAt)
      const died = await importTo(disk, played.out).then(
        () => false,
        () => true,
      )
      const now = await look(played, sim)
      if (now.first === 0) outcomes.new += 1
      else {
        outcomes.old += 1
        assert.deepEqual(now, old, `operation ${failAt}`)
        // And a second try is not in its own way.
        if (failAt % 16 === 0) await importTo(sim.mount(), played.out)
      }
      assert.deepEqual({ ...old, first: 0, seals: now.seals }, { ...now, first: 0 }, `operation ${failAt}`)
      assert.deepEqual((await sim.mount().list(FOLDER)).includes('history'), false)
      if (!died && done() < failAt) break
    }
    assert.ok(outcomes.old > 50 && outcomes.new > 10, JSON.stringify(outcomes))
  })
})

describe('a history that is not taken in', () => {
  let played: Played
  before(async () => {
    played = await play(new Story(), busy, { joinAt: 8, stopAt: 11, end: 16 })
  })

  /** What is said to it; the folder is as before. */
  async function refused(from: string, disk: SimDisk = played.joined): Promise<NotImported> {
    const sim = await copyOf(disk, 1)
    const old = await look(played, sim)
    const error = await importTo(sim.mount(), from).then(
      () => assert.fail('it was taken in'),
      (cause: unknown) => cause,
    )
    assert.ok(error instanceof NotImported, String(error))
    assert.deepEqual(await look(played, sim), old)
    assert.deepEqual(
      (await sim.mount().list(FOLDER)).filter((name) => name.startsWith('history')),
      [],
    )
    return error
  }

  it('[IMP-1] is one of another chain', async () => {
    const other = await play(new Story('another'), busy, { joinAt: 8, stopAt: 8, end: 16 })
    assert.equal((await refused(other.out)).bad?.file, 'genesis.json')
  })

  it('[IMP-1] is one with a byte changed, anywhere', async () => {
    const name = 'blocks-000000001.ndjson'
    const whole = await readFile(join(played.out, name))
    for (let at = 40; at < whole.length; at += Math.floor(whole.length / 12)) {
      const to = folder()
      await cp(played.out, to, { recursive: true })
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] as number) ^ 1
      await writeFile(join(to, name), bytes)
      assert.notEqual((await refused(to)).bad, undefined, `byte ${at}`)
    }
  })

  it('[IMP-1] is one that ends before the base, or was given by a node that never joined', async () => {
    const short = await play(new Story(), busy, { joinAt: 2, stopAt: 2, end: 6 })
    assert.match((await refused(short.out)).message, /up to block 8/)
    assert.match((await refused(played.out, played.full)).message, /executed every block itself/)
  })

  it('[IMP-5] is any while a node has the folder open', async () => {
    const sim = await copyOf(played.joined, 1)
    const member = await Member.open(played.story, sim.mount())
    await assert.rejects(importTo(sim.mount(), played.out), { name: 'StoreFault', kind: 'locked' })
    await member.close()
  })
})
