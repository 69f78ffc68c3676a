import { type FileHandle, open } from 'node:fs/promises'
import { type Disk, type DiskFile, realDisk } from '../seams/index.ts'

/** The machine's disk for reading: never makes, changes or locks a file. */
export const readOnlyDisk: Pick<Disk, 'open' | 'list'> = {
  open: async (path) => new ReadOnlyFile(await open(path, 'r'), path),
  list: (dir) => realDisk.list(dir),
}

class ReadOnlyFile implements DiskFile {
  readonly #handle: FileHandle
  readonly #path: string

  constructor(handle: FileHandle, path: string) {
    this.#handle = handle
    this.#path = path
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

  write(): Promise<never> {
    return Promise.reject(new Error(`${this.#path} is open for reading only`))
  }

  truncate(): Promise<never> {
    return this.write()
  }

  /** Makes durable what another process has written; needs no right to write. */
  datasync(): Promise<void> {
    return this.#handle.datasync()
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
