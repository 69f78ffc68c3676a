import { crc32 } from 'node:zlib'

/** A segment file opens with what must be known to check its frames (SPEC.md, JRN-3). */
export interface SegmentHeader {
  /** Index of the first record the segment may hold. */
  readonly firstIndex: number
  /** Checksum of the last frame of the segment before; 0 for the first segment of a journal. */
  readonly previous: number
  /** Start value of every checksum in the segment. */
  readonly salt: number
}

export const SEGMENT_HEADER_BYTES = 24
const MAGIC = 0x444a4c31 // 'DJL1'
const NAME = /^(\d{16})\.journal$/

export function segmentName(firstIndex: number): string {
  return `${String(firstIndex).padStart(16, '0')}.journal`
}

/** First index by the file's name; undefined for a file that is not a segment. */
export function firstIndexOf(name: string): number | undefined {
  const digits = NAME.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, MAGIC)
  view.setBigUint64(4, BigInt(header.firstIndex))
  view.setUint32(12, header.previous)
  view.setUint32(16, header.salt)
  view.setUint32(20, crc32(bytes.subarray(0, 20)))
  return bytes
}

/** Undefined when the file does not start with a whole, valid header. */
export function decodeSegmentHeader(bytes: Uint8Array): SegmentHeader | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES)
  if (view.getUint32(0) !== MAGIC || view.getUint32(20) !== crc32(bytes.subarray(0, 20))) return undefined
  return { firstIndex: Number(view.getBigUint64(4)), previous: view.getUint32(12), salt: view.getUint32(16) }
}
