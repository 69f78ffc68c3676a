import type { Disk, DiskFile } from '@dujiang/node/seams'

/**
 * A disk behind a cache that dies with the process, as memory does in a power failure: kill -9 alone takes nothing from
 * the system's page cache. What is written reaches the file at its sync, except the newest `writesLate` of each file: 0 is
 * an honest cache, any other one a drive that reports syncs it has not done.
 */
export function writeBackDisk(disk: Disk, writesLate: number): Disk {
  const caches = new Map<string, FileCache>()
  return {
    ...disk,
    async open(path) {
      const file = await disk.open(path)
      const cache = caches.get(path) ?? new FileCache()
      caches.set(path, cache)
      return new CachedFile(file, cache, writesLate)
    },
  }
}

/** What was written to one file, through any handle, and has not reached it. */
class FileCache {
  #writes: { readonly file: DiskFile; readonly offset: number; readonly bytes: Uint8Array }[] = []
  #flushed: Promise<void> = Promise.resolve()

  add(file: DiskFile, offset: number, bytes: Uint8Array): void {
    this.#writes.push({ file, offset, bytes: bytes.slice() })
  }

  /** All but the newest `left`, in the order of the writes, one flush after another. */
  flush(left = 0): Promise<void> {
    const writes = this.#writes.splice(0, Math.max(0, this.#writes.length - left))
    this.#flushed = this.#flushed.then(async () => {
      for (const { file, offset, bytes } of writes) await file.write(offset, bytes)
    })
    return this.#flushed
  }
}

class CachedFile implements DiskFile {
  readonly #file: DiskFile
  readonly #cache: FileCache
  readonly #writesLate: number

  constructor(file: DiskFile, cache: FileCache, writesLate: number) {
    this.#file = file
    this.#cache = cache
    this.#writesLate = writesLate
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    this.#cache.add(this.#file, offset, bytes)
  }

  async datasync(): Promise<void> {
    await this.#cache.flush(this.#writesLate)
    await this.#file.datasync()
  }

  async size(): Promise<number> {
    await this.#cache.flush()
    return this.#file.size()
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    await this.#cache.flush()
    return this.#file.read(offset, length)
  }

  async truncate(size: number): Promise<void> {
    await this.#cache.flush()
    return this.#file.truncate(size)
  }

  async close(): Promise<void> {
    await this.#cache.flush()
    return this.#file.close()
  }
}
