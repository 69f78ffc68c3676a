/** Why bytes are not the one form of a message. Thrown and caught inside this folder. */
export class ProtoFault extends Error {}

/**
 * Reads one protobuf message in the one form {@link ProtoWriter} writes (rule COMET-1): call for its fields in ascending
 * order and `end` last. A field out of order, unknown, of another wire type, twice, or a default written out is a {@link ProtoFault}.
 * @example const reader = new ProtoReader(Uint8Array.of(8, 11)); reader.int(1) // 11; reader.end()
 */
export class ProtoReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  /** An integer of at most 53 bits and its sign; 0 when left out. */
  int(field: number): number {
    if (!this.#takes(field, 0)) return 0
    const value = this.#varint()
    if (value === 0) throw new ProtoFault(`field ${field} writes out its default`)
    return value
  }

  /** A byte string; empty when left out. */
  bytes(field: number): Uint8Array {
    if (!this.#takes(field, 2)) return new Uint8Array(0)
    const value = this.#delimited()
    if (value.length === 0) throw new ProtoFault(`field ${field} writes out its default`)
    return value
  }

  /** An embedded message, which must be there, be it empty. */
  message(field: number): Uint8Array {
    if (!this.#takes(field, 2)) throw new ProtoFault(`field ${field} is missing`)
    return this.#delimited()
  }

  /** The elements of a repeated field of messages, at most `countMax`. */
  messages(field: number, countMax: number): readonly Uint8Array[] {
    const list: Uint8Array[] = []
    while (this.#takes(field, 2)) {
      if (list.length === countMax) throw new ProtoFault(`field ${field} has more than ${countMax} elements`)
      list.push(this.#delimited())
    }
    return list
  }

  /** Is this field the next one? */
  isNext(field: number): boolean {
    return this.#at < this.#bytes.length && (this.#bytes[this.#at] as number) >> 3 === field
  }

  end(): void {
    if (this.#at < this.#bytes.length) throw new ProtoFault(`something else stands at byte ${this.#at}`)
  }

  #takes(field: number, wireType: number): boolean {
    if (this.#bytes[this.#at] !== field * 8 + wireType) return false
    this.#at++
    return true
  }

  #delimited(): Uint8Array {
    const length = this.#varint()
    const end = this.#at + length
    if (length < 0 || end > this.#bytes.length) throw new ProtoFault(`a length at byte ${this.#at} leads outside`)
    const value = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return value
  }

  #varint(): number {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new ProtoFault('the bytes end inside a number')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) {
        if (byte === 0 && shift > 0n) throw new ProtoFault('a number is longer than it need be')
        return signed(value)
      }
    }
    throw new ProtoFault('a number is longer than ten bytes')
  }
}

function signed(value: bigint): number {
  if (value >> 64n !== 0n) throw new ProtoFault('a number has more than 64 bits')
  const number = Number(BigInt.asIntN(64, value))
  if (!Number.isSafeInteger(number)) throw new ProtoFault('a number has more than 53 bits')
  return number
}
