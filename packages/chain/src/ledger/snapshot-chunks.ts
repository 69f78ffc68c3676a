import type { Hash } from '@dujiang/core/crypto'
import { concat } from '../bytes.ts'
import { SNAPSHOT_CHUNK_BYTES } from './snapshot-manifest.ts'

/** Cuts a stream of bytes into chunks and hashes them; a chunk is valid until the next is asked for. */
export class ChunkCutter {
  readonly hashes: Uint8Array[] = []
  bytes = 0
  readonly #sha256: Hash
  // One for all: given up to the collector one by one, they would make it stop the thread to look for more.
  readonly #chunk = new Uint8Array(SNAPSHOT_CHUNK_BYTES)
  #filled = 0

  constructor(sha256: Hash) {
    this.#sha256 = sha256
  }

  /** Takes in bytes, and gives the chunks that they fill. */
  *put(part: Uint8Array): Iterable<Uint8Array> {
    this.bytes += part.length
    for (let from = 0; from < part.length; ) {
      const to = Math.min(part.length, from + SNAPSHOT_CHUNK_BYTES - this.#filled)
      this.#chunk.set(part.subarray(from, to), this.#filled)
      this.#filled += to - from
      from = to
      if (this.#filled === SNAPSHOT_CHUNK_BYTES) yield this.#cut()
    }
  }

  /** What is left, as the last chunk. */
  *end(): Iterable<Uint8Array> {
    if (this.#filled > 0) yield this.#cut()
  }

  #cut(): Uint8Array {
    const chunk = this.#chunk.subarray(0, this.#filled)
    this.hashes.push(this.#sha256(chunk))
    this.#filled = 0
    return chunk
  }
}

/** Bytes that arrive in chunks and are taken in pieces of any length. */
export class ByteQueue {
  length = 0
  #parts: Uint8Array[] = []
  #at = 0

  push(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.length += bytes.length
  }

  /** The next `count` bytes, of at least as many that are here. */
  take(count: number): Uint8Array {
    this.length -= count
    const pieces: Uint8Array[] = []
    for (let missing = count; missing > 0; ) {
      const part = this.#parts[0] as Uint8Array
      const piece = part.subarray(this.#at, this.#at + missing)
      pieces.push(piece)
      missing -= piece.length
      this.#at += piece.length
      if (this.#at === part.length) {
        this.#parts.shift()
        this.#at = 0
      }
    }
    return pieces.length === 1 ? (pieces[0] as Uint8Array) : concat(...pieces)
  }
}
