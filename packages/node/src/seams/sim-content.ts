import type { SeededRandom } from './random.ts'

type Change = { readonly offset: number; readonly bytes: Uint8Array } | { readonly size: number }

const SECTOR_BYTES = 512

/** What a simulated file holds: as programs see it, and as it would be found after a power failure. */
export class SimContent {
  readonly #seen = new Bytes()
  readonly #onDisk = new Bytes()
  #unsynced: Change[] = []

  get size(): number {
    return this.#seen.size
  }

  read(offset: number, length: number): Uint8Array {
    return this.#seen.read(offset, length)
  }

  write(offset: number, bytes: Uint8Array): void {
    const own = bytes.slice()
    this.#seen.write(offset, own)
    this.#unsynced.push({ offset, bytes: own })
  }

  truncate(size: number): void {
    this.#seen.truncate(size)
    this.#unsynced.push({ size })
  }

  sync(): void {
    for (const change of this.#unsynced) apply(this.#onDisk, change)
    this.#unsynced = []
  }

  /**
   * A failed sync as Linux does it: some of the changes reach the disk, all are taken for written, and the next sync
   * answers for none of them.
   */
  failSync(random: SeededRandom): void {
    for (const change of this.#unsynced) tear(this.#onDisk, change, random)
    this.#unsynced = []
  }

  /** Power fails: each change since the last sync is kept, lost or torn, whatever became of those before it. */
  losePower(random: SeededRandom): void {
    this.failSync(random)
    this.#seen.truncate(0)
    this.#seen.write(0, this.#onDisk.read(0, this.#onDisk.size))
  }
}

function apply(target: Bytes, change: Change): void {
  if ('size' in change) target.truncate(change.size)
  else target.write(change.offset, change.bytes)
}

function tear(target: Bytes, change: Change, random: SeededRandom): void {
  const fate = random.below(5)
  if (fate === 0) return
  if (fate === 1 || 'size' in change) return apply(target, change)
  const { offset, bytes } = change
  if (fate === 2) return target.write(offset, bytes.subarray(0, random.below(bytes.length + 1)))
  // The length arrives; of the content nothing (fate 3) or some sectors (fate 4).
  target.extend(offset + bytes.length)
  if (fate === 3) return
  for (let from = 0; from < bytes.length; ) {
    const to = Math.min(bytes.length, from + SECTOR_BYTES - ((offset + from) % SECTOR_BYTES))
    if (random.below(2) === 0) target.write(offset + from, bytes.subarray(from, to))
    from = to
  }
}

/** A growing array of bytes; what was never written reads as zero. */
class Bytes {
  #bytes = new Uint8Array(1024)
  size = 0

  read(offset: number, length: number): Uint8Array {
    return this.#bytes.slice(Math.min(offset, this.size), Math.min(offset + length, this.size))
  }

  write(offset: number, bytes: Uint8Array): void {
    this.extend(offset + bytes.length)
    this.#bytes.set(bytes, offset)
  }

  extend(size: number): void {
    if (size > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(size, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.size))
      this.#bytes = larger
    }
    this.size = Math.max(this.size, size)
  }

  truncate(size: number): void {
    if (size > this.size) return this.extend(size)
    this.#bytes.fill(0, size, this.size)
    this.size = size
  }
}
