import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ledger, type Validator } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { electingApp, headersOf, trivialValidator } from '@dujiang/testing/trivial'
import { Archive, CometKeeper } from '../../src/engine/comet/index.ts'
import { type Decided, Blocks } from '../../src/engine/comet/blocks.ts'
import { type BlockSource, Follower } from '../../src/engine/comet/follower.ts'
import { KnownActs } from '../../src/engine/comet/known-acts.ts'
import { readDecision } from '../../src/engine/comet/record.ts'
import { exportChain } from '../../src/export/index.ts'
import { type Disk, type SeededRandom, SimDisk } from '../../src/seams/index.ts'
import { writeGenesisFile } from '../../src/service/genesis-file.ts'
import { SnapshotJoin, SnapshotStore, openBase, takeHistory } from '../../src/snapshot/index.ts'
import { type Journal, openJournal } from '../../src/store/index.ts'
import { inlineVerifier } from '../../src/verify/index.ts'
import { Chain } from '../engine/comet/decided-rig.ts'
import { Rig, alice } from '../engine/rig.ts'

/** The folder of a node's ledger on a simulated disk. */
export const FOLDER = 'node'

const newLedger = (genesisBytes: Uint8Array): Ledger => new Ledger(electingApp(), nodeCrypto, genesisBytes)

/** A chain whose only validator changes its power, with what each block is handed over as. */
export class Story extends Chain {
  readonly rig: Rig
  readonly decided: Decided[] = []
  readonly #signers: (readonly Validator[])[] = []

  constructor(name = 'trivial') {
    const rig = new Rig({}, { name })
    super(rig.genesisBytes, electingApp())
    this.rig = rig
  }

  get height(): number {
    return this.decided.length
  }

  async block(...txs: Uint8Array[]): Promise<Decided> {
    await this.rig.pass(1_000)
    this.#signers.push(this.ledger.tip.validators.next)
    const decided = this.next(txs, this.rig.clock.nowMs())
    this.decided.push(decided)
    return decided
  }

  /** A block of any kind. */
  any(random: SeededRandom): Promise<Decided> {
    const { rig } = this
    const draw = random.below(10)
    if (draw < 6) return this.block()
    if (draw === 6) return this.block(this.reseat(1 + random.below(9)))
    if (draw === 7) {
      const atMs = rig.clock.nowMs() + 1_000 * random.below(6) + 500
      return this.block(rig.act(alice, 'alarm.set', { alarm: `A${this.height}`, atMs, onRing: [] }))
    }
    return this.block(...Array.from({ length: draw - 7 }, (_, amount) => rig.mix(amount)))
  }

  reseat(power: number): Uint8Array {
    return this.rig.act(alice, 'seat.set', { key: toHex(trivialValidator.publicKey), power })
  }

  override async validators(height?: number): Promise<readonly Validator[]> {
    return this.#signers[(height ?? this.height) - 1] as readonly Validator[]
  }
}

/** A node's ledger in `FOLDER` of a disk, driven by a story. */
export class Member {
  readonly keeper: CometKeeper
  readonly archive: Archive
  readonly #story: Story
  readonly #blocks: Blocks
  readonly #follower: Follower
  readonly #journals: readonly Journal[]

  private constructor(story: Story, keeper: CometKeeper, archive: Archive, journals: readonly Journal[]) {
    this.#story = story
    this.keeper = keeper
    this.archive = archive
    this.#journals = journals
    const { ledger } = keeper
    const source: BlockSource = {
      // Of a node that joined, the engine has nothing from before.
      commit: (height) =>
        height > ledger.beginHeight ? story.commit(height) : Promise.reject(new Error(`no block ${height}`)),
      validators: (height) => story.validators(height),
      evidence: () => story.evidence(),
    }
    this.#follower = new Follower(ledger, archive, source, story.rig.clock, async () => () => undefined)
    this.#blocks = new Blocks(keeper, new KnownActs(ledger, inlineVerifier(nodeCrypto), 1_000))
    for (const block of keeper.takePassedBefore()) this.#follower.pass(block)
    keeper.onPassed = (block) => this.#follower.pass(block)
  }

  /** Opens it as a node does. */
  static async open(story: Story, disk: Disk): Promise<Member> {
    const { genesisBytes } = story.rig
    await takeHistory(disk, FOLDER)
    const journals = [await openJournal(disk, `${FOLDER}/journal`), await openJournal(disk, `${FOLDER}/seals`)] as const
    await writeGenesisFile(disk, FOLDER, genesisBytes)
    const base = await openBase(disk, `${FOLDER}/base`, electingApp(), nodeCrypto, genesisBytes)
    const keeper = await CometKeeper.open(base?.ledger ?? newLedger(genesisBytes), journals[0])
    return new Member(story, keeper, await Archive.open(journals[1]), journals)
  }

  /** Takes the story's blocks up to a height, and what follows from them. */
  async takeTo(height: number): Promise<void> {
    while (this.keeper.ledger.tip.height < height) {
      await this.#blocks.execute(this.#story.decided[this.keeper.ledger.tip.height] as Decided)
      await this.#blocks.commit()
      await this.settled()
    }
  }

  settled(): Promise<void> {
    return this.#story.rig.pass(0)
  }

  async close(): Promise<void> {
    this.#follower.stop()
    for (const each of this.#journals) await each.close()
  }
}

/** A disk with the folder of a node that has joined by a snapshot of `ledger` as it is now. */
export async function joinedAt(ledger: Ledger, genesisBytes: Uint8Array, seed = 1): Promise<SimDisk> {
  const source = new SimDisk(seed).mount()
  const store = await SnapshotStore.open(source, 'of/snapshots', nodeCrypto.sha256, 1, async () => headersOf(ledger))
  store.follow(ledger)
  await store.settled()
  const [file] = store.list()
  if (file === undefined) throw store.fault ?? new Error('no snapshot')
  const disk = new SimDisk(seed)
  const join = new SnapshotJoin(disk.mount(), `${FOLDER}/base`, electingApp(), nodeCrypto, genesisBytes)
  const { height, format, chunks, appHash } = file.manifest
  const offered = { height, format, chunks: chunks.length, hash: file.hash, metadata: file.manifestBytes }
  if ((await join.offer(offered, appHash)) !== 'accept') throw new Error('the snapshot is not accepted')
  for (let index = 0; index < chunks.length; index++) {
    await join.apply(index, (await store.chunk(height, index)) as Uint8Array, '')
  }
  if (join.base === undefined) throw new Error('the snapshot is not whole')
  return disk
}

/** The records of a closed node's journal by height, hexadecimal. */
export async function recordsOf(disk: Disk): Promise<ReadonlyMap<number, string>> {
  const journal = await openJournal(disk, `${FOLDER}/journal`)
  const records = new Map<number, string>()
  for await (const { payload } of journal.records()) {
    const decision = readDecision(payload)
    if (typeof decision === 'string') throw new Error(decision)
    records.set(decision.height, toHex(payload))
  }
  await journal.close()
  return records
}

/** Exports the folder of a closed node from a simulated disk into the folder `to` of the machine's. */
export async function exportOf(disk: Disk, to: string): Promise<string> {
  const dataDir = join(to, 'data')
  for (const part of ['', 'journal', 'seals']) {
    await mkdir(join(dataDir, part), { recursive: true })
    for (const name of await disk.list(join(FOLDER, part))) {
      if (name.includes('.')) await writeFile(join(dataDir, part, name), await bytesOf(disk, join(FOLDER, part, name)))
    }
  }
  const out = join(to, 'out')
  await exportChain({ app: electingApp(), crypto: nodeCrypto, dataDir, outDir: out })
  return out
}

async function bytesOf(disk: Disk, path: string): Promise<Uint8Array> {
  const file = await disk.open(path)
  const bytes = await file.read(0, await file.size())
  await file.close()
  return bytes
}

/** Another disk with the same files in a node's folder. */
export async function copyOf(disk: SimDisk, seed: number): Promise<SimDisk> {
  const copy = new SimDisk(seed)
  const [from, to] = [disk.mount(), copy.mount()]
  for (const part of ['', '/base', '/journal', '/seals']) {
    await to.makeDir(FOLDER + part)
    for (const name of await from.list(FOLDER + part)) {
      if (!name.includes('.')) continue
      const file = await to.open(`${FOLDER}${part}/${name}`)
      await file.write(0, await bytesOf(from, `${FOLDER}${part}/${name}`))
      await file.datasync()
      await file.close()
    }
    await to.syncDir(FOLDER + part)
  }
  return copy
}

/** A disk that loses power at its operation of this number; `done` counts them. */
export function failingDisk(sim: SimDisk, failAt: number): { readonly disk: Disk; readonly done: () => number } {
  let done = 0
  const inner = sim.mount()
  const counted = <A extends unknown[], R>(work: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => {
      done += 1
      if (done === failAt) sim.losePower()
      return work(...args)
    }
  }
  const disk: Disk = {
    makeDir: counted((dir) => inner.makeDir(dir)),
    list: counted((dir) => inner.list(dir)),
    rename: counted((from, to) => inner.rename(from, to)),
    remove: counted((path) => inner.remove(path)),
    syncDir: counted((dir) => inner.syncDir(dir)),
    freeBytes: counted((dir) => inner.freeBytes(dir)),
    lock: counted((path) => inner.lock(path)),
    open: counted(async (path) => {
      const file = await inner.open(path)
      return {
        size: counted(() => file.size()),
        read: counted((offset, length) => file.read(offset, length)),
        write: counted((offset, bytes) => file.write(offset, bytes)),
        truncate: counted((size) => file.truncate(size)),
        datasync: counted(() => file.datasync()),
        close: () => file.close(),
      }
    }),
  }
  return { disk, done: () => done }
}
