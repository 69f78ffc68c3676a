import { type Disk, realDisk } from '@dujiang/node/seams'

/** What happens around the writes and syncs of the records of a journal of blocks. */
export interface Writing {
  /** Gives the bytes that are written instead. */
  beforeWrite(bytes: Uint8Array): Uint8Array
  beforeSync(): Promise<void>
  afterSync(): void
}

/** The machine's disk, and something that befalls the records of the journal of blocks; not the heads of its files. */
export function journalDisk(writing: Writing): Disk {
  return {
    ...realDisk,
    async open(path) {
      const file = await realDisk.open(path)
      if (!path.includes('/journal/')) return file
      return {
        size: () => file.size(),
        read: (offset, length) => file.read(offset, length),
        write: async (offset, bytes) => file.write(offset, offset === 0 ? bytes : writing.beforeWrite(bytes)),
        truncate: (size) => file.truncate(size),
        async datasync() {
          await writing.beforeSync()
          await file.datasync()
          writing.afterSync()
        },
        close: () => file.close(),
      }
    },
  }
}
