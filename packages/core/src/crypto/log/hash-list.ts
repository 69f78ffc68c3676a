import { hashBytes } from './hashes.ts'

/** Hashes in memory that is taken at once; a list that grows copies nothing and leaves nothing half used but this. */
const CHUNK_HASHES = 1_024

/** A list of hashes that only grows. */
export class HashList {
  readonly #chunks: Uint8Array[] = []
  #size = 0

  push(node: Uint8Array): void {
    const within = this.#size % CHUNK_HASHES
    if (within === 0) this.#chunks.push(new Uint8Array(CHUNK_HASHES * hashBytes))
    this.#chunks[this.#chunks.length - 1]?.set(node, within * hashBytes)
    this.#size++
  }

  /** A view of one that the list holds. */
  at(index: number): Uint8Array {
    const offset = (index % CHUNK_HASHES) * hashBytes
    return (this.#chunks[Math.floor(index / CHUNK_HASHES)] as Uint8Array).subarray(offset, offset + hashBytes)
  }
}
