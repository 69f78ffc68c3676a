import { utf8 } from '../bytes.ts'

const CAPACITY_BYTES = 256 * 1024
const LENGTH_BYTES = 4
const UTF8_BYTES_PER_UNIT_MAX = 3

const encoder = new TextEncoder()

/**
 * One stretch of a snapshot's bytes, in memory that is used again and again: new memory for each row would be given back
 * in pauses longer than all the writing.
 */
export class Slice {
  #bytes = new Uint8Array(CAPACITY_BYTES)
  #filled = 0

  get length(): number {
    return this.#filled
  }

  /** The length of a text in UTF-8, in four bytes, and the text. */
  putText(text: string): void {
    const start = this.#filled + LENGTH_BYTES
    // Nobody counts a text's bytes beforehand but for one that could need more memory.
    if (LENGTH_BYTES + text.length * UTF8_BYTES_PER_UNIT_MAX > this.#bytes.length - this.#filled) {
      this.#grow(LENGTH_BYTES + utf8(text).length)
    }
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(start))
    new DataView(this.#bytes.buffer).setUint32(this.#filled, written)
    this.#filled = start + written
  }

  put(bytes: Uint8Array): void {
    if (bytes.length > this.#bytes.length - this.#filled) this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#filled)
    this.#filled += bytes.length
  }

  /** All that was put; valid until something is put again. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#filled)
    this.#filled = 0
    return taken
  }

  #grow(more: number): void {
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#filled + more))
    grown.set(this.#bytes.subarray(0, this.#filled))
    this.#bytes = grown
  }
}
