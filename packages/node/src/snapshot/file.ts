import { MANIFEST_BYTES_MAX, SNAPSHOT_CHUNK_BYTES, type SnapshotManifest, readManifest } from '@dujiang/chain'
import { concatBytes, equalBytes, type Hash } from '@dujiang/core/crypto'
import type { Disk, DiskFile } from '../seams/index.ts'

// Rule SNF-1: the chunks, the manifest, its SHA-256, its length (4 bytes, big-endian), `DJSNAP1\n`.
const MAGIC = Buffer.from('DJSNAP1\n', 'latin1')
const HASH_BYTES = 32
const TAIL_BYTES = HASH_BYTES + 4 + MAGIC.length

/** What is being written has this at the end of its name. */
export const PARTIAL = '.partial'

/** A file with a whole snapshot. */
export interface SnapshotFile {
  readonly path: string
  readonly manifest: SnapshotManifest
  readonly manifestBytes: Uint8Array
  /** Of the manifest, and so of all it names. */
  readonly hash: Uint8Array
}

/** Writes a snapshot so that there is a whole one under its name or none, whatever happens. */
export class SnapshotFileWriter {
  readonly #disk: Disk
  readonly #path: string
  readonly #file: DiskFile
  #bytes = 0

  private constructor(disk: Disk, path: string, file: DiskFile) {
    this.#disk = disk
    this.#path = path
    this.#file = file
  }

  static async begin(disk: Disk, path: string): Promise<SnapshotFileWriter> {
    const file = await disk.open(path + PARTIAL)
    try {
      await file.truncate(0)
    } catch (cause) {
      await file.close()
      throw cause
    }
    return new SnapshotFileWriter(disk, path, file)
  }

  async append(chunk: Uint8Array): Promise<void> {
    await this.#file.write(this.#bytes, chunk)
    this.#bytes += chunk.length
  }

  /** Resolves when it is durable under its name; what had that name before is gone then. */
  async finish(sha256: Hash, manifestBytes: Uint8Array): Promise<void> {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(manifestBytes.length)
    await this.append(concatBytes(manifestBytes, sha256(manifestBytes), length, MAGIC))
    await this.#file.datasync()
    await this.#file.close()
    await this.#disk.rename(this.#path + PARTIAL, this.#path)
    await this.#disk.syncDir(this.#path.slice(0, this.#path.lastIndexOf('/')))
  }

  /** Gives it up, whatever has failed; what cannot be removed is cleared away at the next opening. */
  async abandon(): Promise<void> {
    await this.#file.close().catch(() => undefined)
    await this.#disk.remove(this.#path + PARTIAL).catch(() => undefined)
  }
}

/** Reads the end of a snapshot's file; a string says why it is none. The chunks are checked when they are read. */
export async function openSnapshotFile(disk: Disk, path: string, sha256: Hash): Promise<SnapshotFile | string> {
  const file = await disk.open(path)
  try {
    const size = await file.size()
    if (size < TAIL_BYTES) return 'its end is missing'
    const tail = await file.read(size - TAIL_BYTES, TAIL_BYTES)
    if (!equalBytes(tail.subarray(HASH_BYTES + 4), MAGIC)) return 'its end is missing'
    const hash = tail.slice(0, HASH_BYTES)
    const length = new DataView(tail.buffer, tail.byteOffset).getUint32(HASH_BYTES)
    if (length > MANIFEST_BYTES_MAX || length > size - TAIL_BYTES) return 'the length of its manifest is damaged'
    const manifestBytes = await file.read(size - TAIL_BYTES - length, length)
    if (!equalBytes(sha256(manifestBytes), hash)) return 'its manifest is damaged'
    const manifest = readManifest(manifestBytes)
    if (typeof manifest === 'string') return `its manifest: ${manifest}`
    if (manifest.bytes !== size - TAIL_BYTES - length) return 'it has another length than its manifest says'
    return { path, manifest, manifestBytes, hash }
  } finally {
    await file.close()
  }
}

/** A chunk, whatever its bytes are; undefined when the snapshot has none of that place. */
export async function readChunk(
  disk: Disk,
  { path, manifest }: SnapshotFile,
  index: number,
): Promise<Uint8Array | undefined> {
  if (!Number.isSafeInteger(index) || index < 0 || index >= manifest.chunks.length) return undefined
  const start = index * SNAPSHOT_CHUNK_BYTES
  const file = await disk.open(path)
  try {
    return await file.read(start, Math.min(SNAPSHOT_CHUNK_BYTES, manifest.bytes - start))
  } finally {
    await file.close()
  }
}
