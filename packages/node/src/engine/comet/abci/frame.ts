/** What CometBFT sent is not ABCI as we know it. */
export class WireFault extends Error {
  override readonly name = 'WireFault'
}

const VARINT_BYTES_MAX = 10
const EMPTY = new Uint8Array(0)

/**
 * Cuts a stream into frames: length as an unsigned LEB128, then so many bytes (ABCI-1). A frame that lies whole in one
 * chunk is a view of it; one that is spread over several is copied once, however small the chunks are.
 */
export class FrameReader {
  readonly #bytesMax: number
  #chunk: Uint8Array = EMPTY
  #offset = 0
  // Of the frame that is being read: its length so far, the bytes of the length, and the body once it has been begun.
  #length = 0
  #lengthBytes = 0
  #body: Uint8Array | undefined
  #filled = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Takes the next bytes of the stream, once `next` has nothing more to give. */
  push(chunk: Uint8Array): void {
    if (this.#offset < this.#chunk.length) throw new Error('a chunk was pushed before the last one was read')
    this.#chunk = chunk
    this.#offset = 0
  }

  /** The next whole frame; undefined when more bytes are needed. Throws a WireFault when none can follow. */
  next(): Uint8Array | undefined {
    if (this.#body === undefined && !this.#readLength()) return undefined
    const length = this.#length
    const present = this.#chunk.length - this.#offset
    if (this.#body === undefined && present >= length) {
      const frame = this.#chunk.subarray(this.#offset, this.#offset + length)
      this.#offset += length
      this.#begin()
      return frame
    }
    this.#body ??= new Uint8Array(length)
    const taken = Math.min(present, length - this.#filled)
    this.#body.set(this.#chunk.subarray(this.#offset, this.#offset + taken), this.#filled)
    this.#offset += taken
    this.#filled += taken
    if (this.#filled < length) return undefined
    const frame = this.#body
    this.#begin()
    return frame
  }

  /** Whether the length is complete. A chunk may end within it, or right after it: then a body of its own is begun. */
  #readLength(): boolean {
    while (this.#offset < this.#chunk.length) {
      const byte = this.#chunk[this.#offset++] as number
      this.#length += (byte & 0x7f) * 2 ** (7 * this.#lengthBytes)
      this.#lengthBytes += 1
      if (byte < 0x80) {
        if (this.#length > this.#bytesMax) throw new WireFault(`a frame of more than ${this.#bytesMax} bytes`)
        return true
      }
      if (this.#lengthBytes === VARINT_BYTES_MAX) throw new WireFault('a length of more than ten bytes')
    }
    return false
  }

  #begin(): void {
    this.#length = 0
    this.#lengthBytes = 0
    this.#body = undefined
    this.#filled = 0
  }
}
