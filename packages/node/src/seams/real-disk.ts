import { mkdir, open, readdir, rename, rm, rmdir, stat, statfs, type FileHandle } from 'node:fs/promises'
import { closeSync, openSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { diskError, type Disk, type DiskFile, type DiskLock } from './disk.ts'

/** Before its gate an order is its owner's: what a node writes is for nobody but the user it runs as. */
const FILE_MODE = 0o600
const DIR_MODE = 0o700

/** The machine's disk. */
export const realDisk: Disk = {
  async makeDir(dir) {
    const leaf = resolve(dir)
    const firstMade = (await mkdir(leaf, { recursive: true, mode: DIR_MODE })) ?? leaf
    // Each new name becomes durable in its parent, from the leaf up to the first that was missing. The leaf's always: a
    // process killed just before this point has made it, but not durably.
    for (let made = leaf; made.length >= firstMade.length; made = dirname(made)) await this.syncDir(dirname(made))
  },

  async open(path) {
    // 'a+' would ignore write offsets on Linux, and no flag means "create but do not cut"; hence two tries.
    const handle = await open(path, 'r+').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause
      return open(path, 'w+', FILE_MODE)
    })
    return new RealFile(handle)
  },

  async list(dir) {
    const names: string[] = await readdir(dir).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause
      return []
    })
    return names.sort()
  },

  rename,

  async remove(path) {
    if ((await stat(path)).isDirectory()) await rmdir(path)
    else await rm(path)
  },

  async syncDir(dir) {
    const handle = await open(dir, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },

  async freeBytes(dir) {
    const { bavail, bsize } = await statfs(dir)
    return bavail * bsize
  },

  lock: async (path) => sqliteLock(path),
}

/** A file of the machine's disk, by an open handle. */
export class RealFile implements DiskFile {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  async size(): Promise<number> {
    return (await this.#handle.stat()).size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length)
    let done = 0
    while (done < length) {
      const { bytesRead } = await this.#handle.read(bytes, done, length - done, offset + done)
      if (bytesRead === 0) break
      done += bytesRead
    }
    return bytes.subarray(0, done)
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    let done = 0
    while (done < bytes.length) {
      const { bytesWritten } = await this.#handle.write(bytes, done, bytes.length - done, offset + done)
      done += bytesWritten
    }
  }

  truncate(size: number): Promise<void> {
    return this.#handle.truncate(size)
  }

  datasync(): Promise<void> {
    return this.#handle.datasync()
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

const SQLITE_BUSY = 5

/**
 * Node offers no flock. SQLite, which is part of Node, does take the kernel's advisory lock, and an exclusive
 * transaction on an empty database is nothing but that lock. A pid file would not do: pids are reused and mean nothing
 * in another container; nor an abstract socket: it is invisible from another network namespace and exists on Linux only.
 */
function sqliteLock(path: string): DiskLock {
  makeEmpty(path)
  const database = new DatabaseSync(path, { timeout: 0 })
  try {
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE')
  } catch (cause) {
    database.close()
    if ((cause as { errcode?: number }).errcode !== SQLITE_BUSY) throw cause
    throw Object.assign(diskError('ELOCKED', `${path} is held by another node`), { cause })
  }
  return { release: async () => database.close() }
}

/** SQLite would make the file readable to everybody. Only a file that is not there is opened: closing one gives its locks up. */
function makeEmpty(path: string): void {
  try {
    closeSync(openSync(path, 'wx', FILE_MODE))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause
  }
}
