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

  /** Takes the 32 bytes that start at `offset`. */
  constructor(view: DataView, offset: number) {
    this.a = view.getInt32(offset)
    this.b = view.getInt32(offset + 4)
    this.c = view.getInt32(offset + 8)
    this.d = view.getInt32(offset + 12)
    this.e = view.getInt32(offset + 16)
    this.f = view.getInt32(offset + 20)
    this.g = view.getInt32(offset + 24)
    this.h = view.getInt32(offset + 28)
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

/** Bytes of a digest. */
export const digestBytes = 32

/** A digest of these bytes. They are 32, or it is a defect: keys and values of a map are hashes. */
export function digestOf(bytes: Uint8Array): Digest {
  if (bytes.length !== digestBytes) throw new Error('a key or value of an authenticated map is not 32 bytes')
  return new Digest(new DataView(bytes.buffer, bytes.byteOffset, digestBytes), 0)
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
