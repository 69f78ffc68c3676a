import type { DiskFile } from '../seams/index.ts'

const PIECE_BYTES = 256 * 1024

/** A file in memory, for ledgers that are not kept on a disk. */
export class MemoryFile implements DiskFile {
  readonly #pieces: Uint8Array[] = []
  #size = 0

  async size(): Promise<number> {
    return this.#size
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.#size - offset)))
    for (const { piece, from, to, at } of this.#parts(offset, bytes.length)) bytes.set(piece.subarray(from, to), at)
    return bytes
  }

  async write(offset: number, bytes: Uint8Array): Promise<void> {
    for (const { piece, from, to, at } of this.#parts(offset, bytes.length)) {
      piece.set(bytes.subarray(at, at + to - from), from)
    }
    this.#size = Math.max(this.#size, offset + bytes.length)
  }

  async truncate(size: number): Promise<void> {
    this.#size = Math.min(this.#size, size)
  }

  async datasync(): Promise<void> {}

  async close(): Promise<void> {}

  *#parts(offset: number, length: number) {
    for (let at = 0; at < length; ) {
      const from = (offset + at) % PIECE_BYTES
      const to = Math.min(PIECE_BYTES, from + length - at)
      const piece = (this.#pieces[Math.floor((offset + at) / PIECE_BYTES)] ??= new Uint8Array(PIECE_BYTES))
      yield { piece, from, to, at }
      at += to - from
    }
  }
}
