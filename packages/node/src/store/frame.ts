import { crc32 } from 'node:zlib'

/**
 * A frame is 32 bytes of header and a payload (SPEC.md, JRN-2). A seal is a frame without payload or index of its own: it
 * states that everything before it is durable.
 */
export interface Frame {
  readonly kind: 'record' | 'seal'
  /** Index of this record; for a seal, of the last record before it. */
  readonly index: number
  /** Every byte of the segment before this offset was durable when the frame was written. */
  readonly durableOffset: number
  /** Checksum of the frame before this one. */
  readonly previous: number
  readonly payload: Uint8Array
}

export interface DecodedFrame extends Frame {
  readonly checksum: number
  /** Bytes from this frame's start to the next. */
  readonly bytes: number
}

export const FRAME_HEADER_BYTES = 32
export const PAYLOAD_BYTES_MAX = 2 ** 28

const MAGIC = { record: 0x444a5231, seal: 0x444a5331 } as const // 'DJR1', 'DJS1'
export const FRAME_MAGICS: readonly Uint8Array[] = ['DJR1', 'DJS1'].map((text) => Buffer.from(text, 'latin1'))

/** Writes `frame` into `target` at `offset` and returns its checksum. `salt` is the segment's. */
export function encodeFrame(frame: Frame, salt: number, target: Uint8Array, offset: number): number {
  const view = new DataView(target.buffer, target.byteOffset + offset, FRAME_HEADER_BYTES)
  view.setUint32(0, MAGIC[frame.kind])
  view.setUint32(4, frame.payload.length)
  view.setBigUint64(8, BigInt(frame.index))
  view.setBigUint64(16, BigInt(frame.durableOffset))
  view.setUint32(24, frame.previous)
  target.set(frame.payload, offset + FRAME_HEADER_BYTES)
  const checksum = checksumOf(target, offset, frame.payload.length, salt)
  view.setUint32(28, checksum)
  return checksum
}

/** The frame at `offset`, or undefined when the bytes there are not one whole frame written under `salt`. */
export function decodeFrame(source: Uint8Array, offset: number, salt: number): DecodedFrame | undefined {
  if (source.length - offset < FRAME_HEADER_BYTES) return undefined
  const view = new DataView(source.buffer, source.byteOffset + offset, FRAME_HEADER_BYTES)
  const magic = view.getUint32(0)
  if (magic !== MAGIC.record && magic !== MAGIC.seal) return undefined
  const length = view.getUint32(4)
  if (length > source.length - offset - FRAME_HEADER_BYTES) return undefined
  const checksum = view.getUint32(28)
  if (checksum !== checksumOf(source, offset, length, salt)) return undefined
  return {
    kind: magic === MAGIC.record ? 'record' : 'seal',
    index: Number(view.getBigUint64(8)),
    durableOffset: Number(view.getBigUint64(16)),
    previous: view.getUint32(24),
    payload: source.subarray(offset + FRAME_HEADER_BYTES, offset + FRAME_HEADER_BYTES + length),
    checksum,
    bytes: FRAME_HEADER_BYTES + length,
  }
}

function checksumOf(bytes: Uint8Array, offset: number, payloadLength: number, salt: number): number {
  const header = crc32(bytes.subarray(offset, offset + 28), salt)
  return crc32(bytes.subarray(offset + FRAME_HEADER_BYTES, offset + FRAME_HEADER_BYTES + payloadLength), header)
}
