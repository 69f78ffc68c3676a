import { type Disk, realDisk } from '@dujiang/node/seams'

/** What happens around the writes and syncs of the journal of blocks. */
export interface Writing {
  /** Gives the bytes that are written instead. */
  beforeWrite?(bytes: Uint8Array): Uint8Array
  beforeSync?(): Promise<void>
  afterSync?(): void
}

/** The machine's disk, and something that befalls the records of the journal of blocks; not the heads of its files. */
export function journalDisk(writing: Writing): Disk {
  return {
    ...realDisk,
    async open(path) {
      const file = await realDisk.open(path)
      if (!path.includes('/journal/')) return file
      let written = false
      return {
        size: () => file.size(),
        read: (offset, length) => file.read(offset, length),
        async write(offset, bytes) {
          if (offset === 0) return file.write(offset, bytes)
          written = true
          await file.write(offset, writing.beforeWrite?.(bytes) ?? bytes)
        },
        truncate: (size) => file.truncate(size),
        async datasync() {
          await writing.beforeSync?.()
          await file.datasync()
          if (written) writing.afterSync?.()
        },
        close: () => file.close(),
      }
    },
  }
}
