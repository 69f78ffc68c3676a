/** Bytes of a digest. */
export const digestBytes = 32

/**
 * 32 bytes as eight 32-bit words, most significant first. A map holds several digests a key, and an object of eight small
 * integers takes a fraction of the memory of a `Uint8Array` and the buffer behind it.
 */
export class Digest {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
  readonly g: number
  readonly h: number

  /** Takes 32 bytes. Another length is a defect: keys, values and nodes of a map are all hashes. */
  constructor(bytes: Uint8Array) {
    if (bytes.length !== digestBytes) throw new Error('AuthMap: a hash is not 32 bytes')
    this.a = wordAt(bytes, 0)
    this.b = wordAt(bytes, 4)
    this.c = wordAt(bytes, 8)
    this.d = wordAt(bytes, 12)
    this.e = wordAt(bytes, 16)
    this.f = wordAt(bytes, 20)
    this.g = wordAt(bytes, 24)
    this.h = wordAt(bytes, 28)
  }

  /** Put the 32 bytes at `offset`. */
  write(view: DataView, offset: number): void {
    view.setInt32(offset, this.a)
    view.setInt32(offset + 4, this.b)
    view.setInt32(offset + 8, this.c)
    view.setInt32(offset + 12, this.d)
    view.setInt32(offset + 16, this.e)
    view.setInt32(offset + 20, this.f)
    view.setInt32(offset + 24, this.g)
    view.setInt32(offset + 28, this.h)
  }
}

/** The bytes of a digest, in new memory. */
export function bytesOf(digest: Digest): Uint8Array {
  const bytes = new Uint8Array(digestBytes)
  digest.write(new DataView(bytes.buffer), 0)
  return bytes
}

/** Below zero, zero or above zero as `x` comes before, is or comes after `y` in the order of their bytes. */
export function compareDigests(x: Digest, y: Digest): number {
  if (x.a !== y.a) return compareWords(x.a, y.a)
  if (x.b !== y.b) return compareWords(x.b, y.b)
  if (x.c !== y.c) return compareWords(x.c, y.c)
  if (x.d !== y.d) return compareWords(x.d, y.d)
  if (x.e !== y.e) return compareWords(x.e, y.e)
  if (x.f !== y.f) return compareWords(x.f, y.f)
  if (x.g !== y.g) return compareWords(x.g, y.g)
  return compareWords(x.h, y.h)
}

/** Do both hold the same bytes? */
export function sameDigest(x: Digest, y: Digest): boolean {
  return compareDigests(x, y) === 0
}

/** Bit `index` of a digest, 0 the most significant bit of the first byte, 255 the last. */
export function bitOf(digest: Digest, index: number): 0 | 1 {
  return ((wordOf(digest, index >>> 5) >>> (31 - (index & 31))) & 1) as 0 | 1
}

// Words are signed, bytes are not.
function compareWords(x: number, y: number): number {
  return (x >>> 0) - (y >>> 0)
}

function wordOf(digest: Digest, index: number): number {
  switch (index) {
    case 0:
      return digest.a
    case 1:
      return digest.b
    case 2:
      return digest.c
    case 3:
      return digest.d
    case 4:
      return digest.e
    case 5:
      return digest.f
    case 6:
      return digest.g
    case 7:
      return digest.h
    default:
      throw new Error('a digest has 256 bits')
  }
}

// Not by DataView: to make one over a small array moves that array's bytes out of the heap.
function wordAt(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] as number) << 24) |
    ((bytes[offset + 1] as number) << 16) |
    ((bytes[offset + 2] as number) << 8) |
    (bytes[offset + 3] as number)
  )
}
