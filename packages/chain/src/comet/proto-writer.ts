// Fields up to 15 have a tag of one byte; every message we write stays below.
const FIELD_MAX = 15

/** The bytes of an unsigned LEB128 integer; `value` is a safe integer, 0 or more. */
export function uvarint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error('a uvarint is a safe integer, 0 or more')
  if (value < 0x80) return Uint8Array.of(value)
  const bytes: number[] = []
  let rest = value
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

/** Protobuf writes a negative int64 as its two's complement in ten bytes. */
function varint(value: number): Uint8Array {
  if (value >= 0) return uvarint(value)
  if (!Number.isSafeInteger(value)) throw new Error('a varint is a safe integer')
  const bytes = new Uint8Array(10)
  let rest = BigInt.asUintN(64, BigInt(value))
  for (let i = 0; i < 10; i++) {
    bytes[i] = Number(rest & 0x7fn) | (i < 9 ? 0x80 : 0)
    rest >>= 7n
  }
  return bytes
}

/**
 * Writes one protobuf message the one way CometBFT writes it (rule COMET-1): fields in ascending order, proto3 defaults
 * left out, except where CometBFT embeds a message by value, which is written even when empty (`message`).
 * @example new ProtoWriter().int(1, 11).finish() // 08 0b
 */
export class ProtoWriter {
  readonly #chunks: Uint8Array[] = []
  #lastField = 0

  /** int32, int64, uint32, uint64, enum, bool: left out when 0. */
  int(field: number, value: number): this {
    this.#tag(field, 0, value !== 0)
    if (value !== 0) this.#chunks.push(varint(value))
    return this
  }

  /** sfixed64: eight bytes little-endian, left out when 0. */
  sfixed64(field: number, value: number): this {
    if (!Number.isSafeInteger(value)) throw new Error('an sfixed64 is a safe integer')
    this.#tag(field, 1, value !== 0)
    if (value === 0) return this
    const bytes = new Uint8Array(8)
    new DataView(bytes.buffer).setBigInt64(0, BigInt(value), true)
    this.#chunks.push(bytes)
    return this
  }

  /** bytes: left out when empty. */
  bytes(field: number, value: Uint8Array): this {
    return value.length === 0 ? this.#skip(field) : this.message(field, value)
  }

  /** string: left out when empty. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value))
  }

  /** An embedded message, or one element of a repeated field: written even when empty. */
  message(field: number, value: Uint8Array): this {
    this.#tag(field, 2, true)
    this.#chunks.push(uvarint(value.length), value)
    return this
  }

  finish(): Uint8Array {
    // Not concatBytes: a block has more chunks than a call may have arguments.
    const whole = new Uint8Array(this.#chunks.reduce((length, chunk) => length + chunk.length, 0))
    let offset = 0
    for (const chunk of this.#chunks) {
      whole.set(chunk, offset)
      offset += chunk.length
    }
    return whole
  }

  #skip(field: number): this {
    this.#tag(field, 2, false)
    return this
  }

  #tag(field: number, wireType: number, written: boolean): void {
    if (field < this.#lastField || field > FIELD_MAX) throw new Error('protobuf fields are written in order, 1 to 15')
    this.#lastField = field
    if (written) this.#chunks.push(Uint8Array.of(field * 8 + wireType))
  }
}
