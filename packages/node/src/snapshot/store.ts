import { HeldLedger, type Ledger, type TipHeaders, writeManifest } from '@dujiang/chain'
import { equalBytes, type Hash } from '@dujiang/core/crypto'
import type { Disk } from '../seams/index.ts'
import { PARTIAL, type SnapshotFile, SnapshotFileWriter, openSnapshotFile, readChunk } from './file.ts'

/** The header of a block and of the one above it, as soon as both are known. Rejects when they never will be. */
export type HeadersOf = (height: number) => Promise<TipHeaders>

/** Leaf hashes of the log of receipts, side by side, from wherever they are kept. */
export type LeavesFrom = (from: number, to: number) => Promise<Uint8Array>

const NAME = /^\d{16}\.snapshot$/
const KEPT = 2

/**
 * The newest snapshots of a ledger, taken while it goes on, for nodes that join. None of them is needed by the node that
 * holds them: what is damaged or cannot be written is done without. Rules SNF-1 to SNF-4.
 * @example
 * const store = await SnapshotStore.open(realDisk, 'data/snapshots', sha256, 10_000, headersOf, leavesFrom)
 * keeper.onCommit(() => store.follow(ledger))
 */
export class SnapshotStore {
  readonly #disk: Disk
  readonly #dir: string
  readonly #sha256: Hash
  readonly #everyHeights: number
  readonly #headersOf: HeadersOf
  readonly #leavesFrom: LeavesFrom | undefined
  readonly #closing = Promise.withResolvers<void>()
  /** Newest first. */
  #files: readonly SnapshotFile[]
  #writing: Promise<void> | undefined
  #isClosing = false
  #fault: Error | undefined

  private constructor(
    disk: Disk,
    dir: string,
    sha256: Hash,
    everyHeights: number,
    headersOf: HeadersOf,
    leavesFrom: LeavesFrom | undefined,
    files: readonly SnapshotFile[],
  ) {
    this.#disk = disk
    this.#dir = dir
    this.#sha256 = sha256
    this.#everyHeights = everyHeights
    this.#headersOf = headersOf
    this.#leavesFrom = leavesFrom
    this.#files = files
  }

  /**
   * Finds what the folder holds, and clears away what a crash has left unfinished.
   * @param leavesFrom where the ledger's log has forgotten leaves
   */
  static async open(
    disk: Disk,
    dir: string,
    sha256: Hash,
    everyHeights: number,
    headersOf: HeadersOf,
    leavesFrom?: LeavesFrom,
  ): Promise<SnapshotStore> {
    await disk.makeDir(dir)
    const files: SnapshotFile[] = []
    for (const name of (await disk.list(dir)).reverse()) {
      const path = `${dir}/${name}`
      if (name.endsWith(PARTIAL)) await disk.remove(path)
      if (!NAME.test(name)) continue
      const file = await openSnapshotFile(disk, path, sha256)
      if (typeof file === 'string') await disk.remove(path)
      else files.push(file)
    }
    return new SnapshotStore(disk, dir, sha256, everyHeights, headersOf, leavesFrom, files)
  }

  /** Whole snapshots, the newest first. */
  list(): readonly SnapshotFile[] {
    return this.#files
  }

  /** Why the last one was not written, if so. */
  get fault(): Error | undefined {
    return this.#fault
  }

  /** A chunk with the bytes its manifest hashes; undefined when there is none. A snapshot found damaged is offered no longer. */
  async chunk(height: number, index: number): Promise<Uint8Array | undefined> {
    const file = this.#files.find(({ manifest }) => manifest.height === height)
    const chunk = file && (await readChunk(this.#disk, file, index))
    const hash = file?.manifest.chunks[index]
    if (chunk === undefined || hash === undefined) return undefined
    if (equalBytes(this.#sha256(chunk), hash)) return chunk
    this.#files = this.#files.filter((each) => each !== file)
    return undefined
  }

  /** Call it after every block: at the heights at which all nodes do, it begins to take a snapshot, unless one is under way. */
  follow(ledger: Ledger): void {
    if (this.#isClosing || this.#writing !== undefined || ledger.tip.height % this.#everyHeights !== 0) return
    const held = new HeldLedger(ledger)
    this.#writing = this.#write(held)
      .then(
        () => {
          this.#fault = undefined
        },
        (cause: unknown) => {
          this.#fault = cause instanceof Error ? cause : new Error(String(cause))
        },
      )
      .finally(() => {
        held.release()
        this.#writing = undefined
      })
  }

  /** Resolves when no snapshot is being taken. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /** Gives up what is being taken. */
  async close(): Promise<void> {
    this.#isClosing = true
    this.#closing.resolve()
    await this.settled()
  }

  async #write(held: HeldLedger): Promise<void> {
    const path = `${this.#dir}/${String(held.height).padStart(16, '0')}.snapshot`
    const writer = await SnapshotFileWriter.begin(this.#disk, path)
    try {
      const leaves = this.#leavesFrom && new LeavesAhead(this.#leavesFrom)
      for (const chunk of held.chunks(leaves && ((from, to) => leaves.take(from, to)))) {
        if (chunk !== undefined) await writer.append(chunk)
        else await othersFirst()
        await leaves?.ready()
        if (this.#isClosing) return await writer.abandon()
      }
      const headers = await Promise.race([this.#headersOf(held.height), this.#closing.promise])
      if (headers === undefined) return await writer.abandon()
      await writer.finish(this.#sha256, writeManifest(held.manifest(headers)))
    } catch (cause) {
      await writer.abandon()
      throw cause
    }
    const file = await openSnapshotFile(this.#disk, path, this.#sha256)
    if (typeof file === 'string') throw new Error(`${path}: ${file}`)
    const files = [file, ...this.#files.filter((each) => each.path !== path)]
    this.#files = files.slice(0, KEPT)
    for (const old of files.slice(KEPT)) await this.#disk.remove(old.path)
  }
}

/** Reads what it has been asked for until it is asked again. */
class LeavesAhead {
  readonly #from: LeavesFrom
  #reading: Promise<Uint8Array> | undefined
  #read: Uint8Array | undefined

  constructor(from: LeavesFrom) {
    this.#from = from
  }

  take(from: number, to: number): Uint8Array | undefined {
    const read = this.#read
    this.#read = undefined
    if (read === undefined) this.#reading = this.#from(from, to)
    return read
  }

  async ready(): Promise<void> {
    if (this.#reading === undefined) return
    this.#read = await this.#reading
    this.#reading = undefined
  }
}

const othersFirst = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
