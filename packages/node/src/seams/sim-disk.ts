import type { Clock } from './clock.ts'
import { diskError, type Disk } from './disk.ts'
import { seededRandom, type SeededRandom } from './random.ts'
import type { SimContent } from './sim-content.ts'
import { SimMount } from './sim-mount.ts'
import { SimNames } from './sim-names.ts'

/** What the disk is going through; may be changed at any time. */
export interface DiskConditions {
  /** Room for all files together; what goes beyond is refused with `ENOSPC`, after writing what fits. */
  capacityBytes: number
  /** How many in a million operations fail with `EIO`. */
  errorPpm: number
  /** Each operation takes up to this long by the clock handed in; 0 is the next turn. */
  delayMsMax: number
  /** A drive that reports syncs it has not done. Exists to show that the tests notice. */
  liesAboutSync: boolean
}

interface Write {
  readonly content: SimContent
  readonly offset: number
  readonly bytes: Uint8Array
}

/**
 * A disk in memory that fails in every way a disk is allowed to, repeatably by seed.
 * @example
 * const disk = new SimDisk(42)
 * const journal = await openJournal(disk.mount(), 'journal')
 * disk.losePower() // `journal` is dead; open it again through a new mount
 */
export class SimDisk {
  readonly conditions: DiskConditions = { capacityBytes: 2 ** 40, errorPpm: 0, delayMsMax: 0, liesAboutSync: false }
  readonly random: SeededRandom
  readonly names = new SimNames()
  readonly locked = new Set<string>()
  readonly #clock: Clock | undefined
  readonly #writing = new Set<Write>()
  #life = 0

  /** @param clock needed only when operations shall take time */
  constructor(seed: number, clock?: Clock) {
    this.random = seededRandom(seed)
    this.#clock = clock
  }

  /** The disk as a process sees it until that process dies: from then on every operation rejects with `EDEAD`. */
  mount(): Disk {
    return new SimMount(this, this.#life)
  }

  /** The process dies (kill -9), the machine lives: writes under way are cut anywhere, finished ones stay. */
  killProcess(): void {
    this.#life += 1
    this.locked.clear()
    for (const write of this.#writing) this.#writePart(write)
    this.#writing.clear()
  }

  /** The machine dies: besides, everything not synced is kept, lost or torn. */
  losePower(): void {
    this.killProcess()
    this.names.losePower(this.random)
  }

  isAlive(life: number): boolean {
    return life === this.#life
  }

  /** What every operation has in common: it takes time, and may fail or be overtaken by the process's death. */
  async operation(path: string, life: number): Promise<void> {
    const delayMs = this.random.below(this.conditions.delayMsMax + 1)
    const clock = this.#clock
    if (delayMs > 0 && clock !== undefined) {
      await new Promise<void>((resolve) => clock.wakeAt(clock.nowMs() + delayMs, resolve))
    } else {
      await Promise.resolve()
    }
    if (!this.isAlive(life)) throw diskError('EDEAD', `${path}: the process that opened it has died`)
    if (this.random.chance(this.conditions.errorPpm)) throw diskError('EIO', path)
  }

  async write(path: string, write: Write, life: number): Promise<void> {
    if (this.isAlive(life)) this.#writing.add(write)
    try {
      await this.operation(path, life)
    } catch (cause) {
      // `delete` is false when the process has died: `killProcess` has then decided what became of the write.
      if (this.#writing.delete(write)) this.#writePart(write)
      throw cause
    }
    this.#writing.delete(write)
    const { content, offset, bytes } = write
    const growth = Math.max(0, offset + bytes.length - content.size)
    const missing = Math.max(0, growth - this.freeBytes())
    if (bytes.length > missing) content.write(offset, bytes.subarray(0, bytes.length - missing))
    if (missing > 0) throw diskError('ENOSPC', path)
  }

  freeBytes(): number {
    return Math.max(0, this.conditions.capacityBytes - this.names.usedBytes())
  }

  #writePart({ content, offset, bytes }: Write): void {
    const length = this.random.below(bytes.length + 1)
    if (length > 0) content.write(offset, bytes.subarray(0, length))
  }
}
