import { createHash, type Hash } from 'node:crypto'
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { type BlockFile, GENESIS_NAME, LINE_FEED, MANIFEST_NAME, blockFileName, writeManifest } from './layout.ts'

export interface FileLimits {
  /** A file that has reached this many blocks or bytes gets no further block. */
  readonly blocksMax: number
  readonly bytesMax: number
}

export const fileLimits: FileLimits = { blocksMax: 5_000, bytesMax: 16 * 1024 * 1024 }

interface OpenFile {
  readonly handle: FileHandle
  readonly hash: Hash
  readonly firstHeight: number
  lastHeight: number
  blocks: number
  bytes: number
  pending: Uint8Array[]
  pendingBytes: number
}

const WRITE_BYTES = 2 ** 20

/** Writes the folder of an export, block by block. Rules EXP-1, EXP-6. */
export class ExportWriter {
  readonly #dir: string
  readonly #partial: string
  readonly #limits: FileLimits
  readonly #files: BlockFile[] = []
  #open: OpenFile | undefined

  private constructor(dir: string, limits: FileLimits) {
    this.#dir = dir
    this.#partial = `${dir}.partial`
    this.#limits = limits
  }

  /** Starts an export that will be called `dir`, which must be absent or an empty folder. */
  static async start(dir: string, genesisBytes: Uint8Array, limits: FileLimits): Promise<ExportWriter> {
    const there = await readdir(dir).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return []
      throw cause
    })
    if (there.length > 0) throw new Error(`${dir} is not empty`)
    const writer = new ExportWriter(resolve(dir), limits)
    // Left behind by an export that was interrupted.
    await rm(writer.#partial, { recursive: true, force: true })
    await mkdir(writer.#partial, { recursive: true })
    await writer.#write(GENESIS_NAME, genesisBytes)
    return writer
  }

  async add(height: number, line: Uint8Array): Promise<void> {
    const open = this.#open ?? (await this.#begin(height))
    open.pending.push(line, LINE_FEED)
    open.pendingBytes += line.length + LINE_FEED.length
    open.bytes += line.length + LINE_FEED.length
    open.lastHeight = height
    open.blocks += 1
    if (open.pendingBytes >= WRITE_BYTES) await flush(open)
    if (open.blocks >= this.#limits.blocksMax || open.bytes >= this.#limits.bytesMax) await this.#end(open)
  }

  /** Gives the export its name and the block files it has. */
  async finish(end: {
    readonly appHash: string
    readonly chain: string
    readonly height: number
  }): Promise<readonly BlockFile[]> {
    if (this.#open !== undefined) await this.#end(this.#open)
    await this.#write(MANIFEST_NAME, writeManifest({ ...end, files: this.#files, kind: 'dujiang-export', v: 1 }))
    await syncFolder(this.#partial)
    await rename(this.#partial, this.#dir)
    await syncFolder(dirname(this.#dir))
    return this.#files
  }

  async abandon(): Promise<void> {
    await this.#open?.handle.close()
    await rm(this.#partial, { recursive: true, force: true })
  }

  async #begin(firstHeight: number): Promise<OpenFile> {
    const handle = await open(join(this.#partial, blockFileName(firstHeight)), 'wx')
    const hash = createHash('sha256')
    this.#open = {
      handle,
      hash,
      firstHeight,
      lastHeight: firstHeight,
      blocks: 0,
      bytes: 0,
      pending: [],
      pendingBytes: 0,
    }
    return this.#open
  }

  async #end(open: OpenFile): Promise<void> {
    await flush(open)
    await open.handle.datasync()
    await open.handle.close()
    this.#open = undefined
    const { bytes, firstHeight, lastHeight, hash } = open
    this.#files.push({ bytes, firstHeight, lastHeight, name: blockFileName(firstHeight), sha256: hash.digest('hex') })
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    const handle = await open(join(this.#partial, name), 'wx')
    try {
      await handle.writeFile(bytes)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
}

async function flush(open: OpenFile): Promise<void> {
  const bytes = Buffer.concat(open.pending)
  open.pending = []
  open.pendingBytes = 0
  open.hash.update(bytes)
  await open.handle.writeFile(bytes)
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
