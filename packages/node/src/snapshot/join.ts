import { type Application, SNAPSHOT_FORMAT, SnapshotReader } from '@dujiang/chain'
import { type CryptoProvider, equalBytes } from '@dujiang/core/crypto'
import type { Disk } from '../seams/index.ts'
import { type Base, baseOf, basePath } from './base.ts'
import { SnapshotFileWriter } from './file.ts'

/** A snapshot as an engine passes it on from another node. */
export interface Offered {
  readonly height: number
  readonly format: number
  readonly chunks: number
  readonly hash: Uint8Array
  readonly metadata: Uint8Array
}

export type OfferAnswer = 'accept' | 'reject' | 'rejectFormat'

export interface ChunkAnswer {
  /** `retry`: this chunk again; `rejectSnapshot`: another snapshot; `abort`: nothing has been offered. */
  readonly result: 'accept' | 'retry' | 'rejectSnapshot' | 'abort'
  readonly refetch: readonly number[]
  readonly rejectSenders: readonly string[]
}

interface Joining {
  readonly reader: SnapshotReader
  readonly writer: SnapshotFileWriter
  readonly metadata: Uint8Array
}

/**
 * Takes in a snapshot that other nodes send, and keeps it as the base of this node's own folder. When the last chunk is
 * accepted, the base is there and durable. Rules SNF-5 and SNF-6.
 */
export class SnapshotJoin {
  readonly #disk: Disk
  readonly #dir: string
  readonly #app: Application
  readonly #crypto: CryptoProvider
  readonly #genesisBytes: Uint8Array
  #joining: Joining | undefined
  #base: Base | undefined

  constructor(disk: Disk, dir: string, app: Application, crypto: CryptoProvider, genesisBytes: Uint8Array) {
    this.#disk = disk
    this.#dir = dir
    this.#app = app
    this.#crypto = crypto
    this.#genesisBytes = genesisBytes
  }

  /** What the node begins from, once the last chunk has been accepted. */
  get base(): Base | undefined {
    return this.#base
  }

  /** @param appHash what a header above that height says, which the engine has verified */
  async offer({ height, format, chunks, hash, metadata }: Offered, appHash: Uint8Array): Promise<OfferAnswer> {
    await this.abandon()
    if (format !== SNAPSHOT_FORMAT) return 'rejectFormat'
    if (!equalBytes(this.#crypto.sha256(metadata), hash)) return 'reject'
    const trusted = { height, appHash }
    const reader = SnapshotReader.begin(this.#app, this.#crypto, this.#genesisBytes, metadata, trusted)
    if (typeof reader === 'string' || reader.manifest.chunks.length !== chunks) return 'reject'
    await this.#disk.makeDir(this.#dir)
    this.#joining = { reader, writer: await SnapshotFileWriter.begin(this.#disk, basePath(this.#dir)), metadata }
    return 'accept'
  }

  /** Rejects when the disk fails; nothing is kept of the snapshot then. */
  async apply(index: number, chunk: Uint8Array, sender: string): Promise<ChunkAnswer> {
    if (this.#joining === undefined) return answer('abort')
    const { reader, writer, metadata } = this.#joining
    // Chunks come in order; another one is asked for by its place.
    if (index !== reader.taken) return { result: 'retry', refetch: [reader.taken], rejectSenders: [] }
    const fault = reader.add(chunk)
    if (fault?.kind === 'bytes') {
      return { result: 'retry', refetch: [index], rejectSenders: sender === '' ? [] : [sender] }
    }
    if (fault !== undefined) {
      await this.abandon()
      return answer('rejectSnapshot')
    }
    const base = baseOf(reader, this.#crypto)
    try {
      await writer.append(chunk)
      if (base !== undefined) await writer.finish(this.#crypto.sha256, metadata)
    } catch (cause) {
      await this.abandon()
      throw cause
    }
    if (base !== undefined) {
      this.#joining = undefined
      this.#base = base
    }
    return answer('accept')
  }

  /** Forgets what has been taken in of a snapshot that is not whole. */
  async abandon(): Promise<void> {
    const joining = this.#joining
    this.#joining = undefined
    await joining?.writer.abandon()
  }
}

const answer = (result: ChunkAnswer['result']): ChunkAnswer => ({ result, refetch: [], rejectSenders: [] })
