const LENGTH_BYTES = 4

/** Byte strings in a row, each after its length (4 bytes, big-endian). */
export function joinParts(parts: readonly Uint8Array[]): Uint8Array {
  const joined = Buffer.allocUnsafe(parts.reduce((bytes, part) => bytes + LENGTH_BYTES + part.length, 0))
  let at = 0
  for (const part of parts) {
    at = joined.writeUInt32BE(part.length, at)
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** The parts again, as views of `joined`; a string says where it is cut, or which part after the first is too long. */
export function splitParts(joined: Uint8Array, laterBytesMax: number): Uint8Array[] | string {
  const view = new DataView(joined.buffer, joined.byteOffset, joined.length)
  const parts: Uint8Array[] = []
  for (let at = 0; at < joined.length; ) {
    if (joined.length - at < LENGTH_BYTES) return `a length at byte ${at} is cut`
    const length = view.getUint32(at)
    const start = at + LENGTH_BYTES
    if (length > joined.length - start) return `a part at byte ${start} is cut`
    if (parts.length > 0 && length > laterBytesMax) return `a transaction at byte ${start} has ${length} bytes`
    parts.push(joined.subarray(start, start + length))
    at = start + length
  }
  return parts
}
