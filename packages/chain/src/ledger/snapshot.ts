import { type CryptoProvider, equalBytes, toHex } from '@dujiang/core/crypto'
import type { Application } from '../application.ts'
import { Ledger } from './ledger.ts'
import { ByteQueue } from './snapshot-chunks.ts'
import { type SnapshotManifest, readManifest } from './snapshot-manifest.ts'
import { type SnapshotContent, readContent } from './snapshot-read.ts'
import { seatedFault, tipFault } from './snapshot-tip.ts'

/** What whoever restores a ledger knows from elsewhere: a header its validators have signed names this state. */
export interface TrustedState {
  readonly height: number
  readonly appHash: Uint8Array
}

/**
 * Why a chunk is not taken. `bytes`: it is not the chunk of that place; another sender may have it. `content`: all chunks
 * may be those of the manifest, but they are not the state; the whole snapshot is of no use.
 */
export interface ChunkFault {
  readonly kind: 'bytes' | 'content'
  readonly reason: string
}

/**
 * Reads a snapshot, chunk by chunk, into a ledger that can execute the next block. There is no ledger before everything
 * has been proved against the trusted app hash. Rules SNAP-4 to SNAP-6.
 * @example
 * const reader = SnapshotReader.begin(app, crypto, genesisBytes, manifestBytes, { height, appHash })
 * if (typeof reader === 'string') return reader
 * for (const chunk of chunks) {
 *   const fault = reader.add(chunk)
 *   if (fault !== undefined) return fault.reason
 * }
 * return reader.ledger
 */
export class SnapshotReader {
  readonly manifest: SnapshotManifest
  readonly #found: (content: SnapshotContent) => Ledger
  readonly #sha256: CryptoProvider['sha256']
  readonly #queue = new ByteQueue()
  readonly #reading: ReturnType<typeof readContent>
  /** Bytes that the next step of reading asks for. */
  #wanted: number
  #missing: number
  #taken = 0
  #fault: ChunkFault | undefined
  #ledger: Ledger | undefined

  private constructor(
    { sha256 }: CryptoProvider,
    manifest: SnapshotManifest,
    found: (content: SnapshotContent) => Ledger,
  ) {
    this.manifest = manifest
    this.#found = found
    this.#sha256 = sha256
    this.#missing = manifest.bytes
    this.#reading = readContent(sha256, manifest)
    this.#wanted = this.#reading.next().value as number
  }

  /** A string says why the snapshot of this manifest is not one of the trusted state. */
  static begin(
    app: Application,
    crypto: CryptoProvider,
    genesisBytes: Uint8Array,
    manifestBytes: Uint8Array,
    trusted: TrustedState,
  ): SnapshotReader | string {
    const manifest = readManifest(manifestBytes)
    if (typeof manifest === 'string') return `manifest: ${manifest}`
    const { height, timeMs, appHash, resultsHash, validators, headers } = manifest
    if (manifest.chain !== toHex(crypto.sha256(genesisBytes))) return 'it is of another chain'
    if (height !== trusted.height) return `it is of height ${height}, not ${trusted.height}`
    if (!equalBytes(appHash, trusted.appHash)) return 'it is of another app hash'
    const tip = { height, timeMs, appHash, resultsHash, validators, seal: undefined }
    const fault = tipFault(crypto.sha256, tip, headers)
    if (fault !== undefined) return fault
    return new SnapshotReader(crypto, manifest, ({ state, receiptLog }) => {
      return new Ledger(app, crypto, genesisBytes, undefined, { state, receiptLog, tip })
    })
  }

  /** How many chunks have been taken, which is the place of the next. */
  get taken(): number {
    return this.#taken
  }

  /** The ledger at its tip, once all chunks have been taken. */
  get ledger(): Ledger | undefined {
    return this.#ledger
  }

  /** Takes the next chunk, or says why not. One that was not taken for its bytes may be given again. */
  add(chunk: Uint8Array): ChunkFault | undefined {
    if (this.#fault !== undefined) return this.#fault
    const hash = this.manifest.chunks[this.#taken]
    if (hash === undefined) return { kind: 'bytes', reason: 'there are no more chunks' }
    if (!equalBytes(this.#sha256(chunk), hash)) {
      return { kind: 'bytes', reason: `chunk ${this.#taken} is not the one of the manifest` }
    }
    this.#taken += 1
    this.#missing -= chunk.length
    this.#queue.push(chunk)
    const reason = this.#read()
    if (reason !== undefined) this.#fault = { kind: 'content', reason }
    return this.#fault
  }

  #read(): string | undefined {
    while (this.#wanted <= this.#queue.length) {
      const { done, value } = this.#reading.next(this.#queue.take(this.#wanted))
      if (done !== true) this.#wanted = value
      else return typeof value === 'string' ? value : this.#end(value)
    }
    return this.#wanted > this.#queue.length + this.#missing ? 'it ends too early' : undefined
  }

  #end(content: SnapshotContent): string | undefined {
    const left = this.#queue.length + this.#missing
    if (left > 0) return 'something follows its last part'
    if (left < 0) return 'it has more bytes than its manifest says'
    const ledger = this.#found(content)
    const fault = seatedFault(ledger)
    if (fault === undefined) this.#ledger = ledger
    return fault
  }
}
