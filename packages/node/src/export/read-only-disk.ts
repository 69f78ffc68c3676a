import { type FileHandle, open } from 'node:fs/promises'
import { type Disk, RealFile, realDisk } from '../seams/index.ts'

/** The machine's disk for reading: never makes, changes or locks a file. */
export const readOnlyDisk: Pick<Disk, 'open' | 'list'> = {
  open: async (path) => new ReadOnlyFile(await open(path, 'r'), path),
  list: (dir) => realDisk.list(dir),
}

/** `datasync` stays: it makes durable what another process has written, and needs no right to write. */
class ReadOnlyFile extends RealFile {
  readonly #path: string

  constructor(handle: FileHandle, path: string) {
    super(handle)
    this.#path = path
  }

  override write(): Promise<never> {
    return Promise.reject(new Error(`${this.#path} is open for reading only`))
  }

  override truncate(): Promise<never> {
    return this.write()
  }
}
