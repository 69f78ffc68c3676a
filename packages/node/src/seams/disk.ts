/**
 * The few file operations the store needs, so that a simulator can be the disk. Paths use `/`. Every operation either
 * does the whole of what it says or rejects with the system's error, whose `code` is `ENOSPC`, `EIO`, `ENOENT`, …
 *
 * Nothing survives a power failure by itself: the content and length of a file do after its `datasync`, the
 * appearance, renaming and removal of a name after the `syncDir` of the folder that holds it.
 */
export interface Disk {
  /** Makes `dir` and its missing parents, durably. What is made, here and by `open`, is for the user the node runs as alone. */
  makeDir(dir: string): Promise<void>
  /** Opens for reading and writing; creates the file when missing. */
  open(path: string): Promise<DiskFile>
  /** Names in `dir` in code-unit order; empty when there is no such folder. */
  list(dir: string): Promise<string[]>
  rename(from: string, to: string): Promise<void>
  /** Removes a file or an empty folder. */
  remove(path: string): Promise<void>
  syncDir(dir: string): Promise<void>
  /** Bytes that can still be written in `dir`. */
  freeBytes(dir: string): Promise<number>
  /**
   * Takes the exclusive lock named by the file `path`, or rejects with code `ELOCKED` while somebody, in this process
   * or another, holds it. It dies with its process, so that a killed one never blocks the next.
   */
  lock(path: string): Promise<DiskLock>
}

/** An open file. Offsets and lengths are in bytes. */
export interface DiskFile {
  size(): Promise<number>
  /** Fewer bytes than asked only at the end of the file. */
  read(offset: number, length: number): Promise<Uint8Array>
  /** Writes all of `bytes` at `offset`. After a rejection any part of them may have been written. */
  write(offset: number, bytes: Uint8Array): Promise<void>
  truncate(size: number): Promise<void>
  datasync(): Promise<void>
  close(): Promise<void>
}

export interface DiskLock {
  release(): Promise<void>
}

/** An error as the system reports it: `code` is what callers look at. */
export function diskError(code: string, what: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${what}`), { code })
}
