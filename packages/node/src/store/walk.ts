import { StoreFault } from './fault.ts'
import { decodeFrame, FRAME_MAGICS, type DecodedFrame } from './frame.ts'
import { SEGMENT_HEADER_BYTES, type SegmentHeader } from './segment.ts'

/** Where the chain of frames stands: after the frame of record `index`, whose checksum the next frame must name. */
export interface Position {
  readonly offset: number
  readonly index: number
  readonly checksum: number
}

export function startOf(header: SegmentHeader): Position {
  return { offset: SEGMENT_HEADER_BYTES, index: header.firstIndex - 1, checksum: header.previous }
}

export function after(at: Position, frame: DecodedFrame): Position {
  return { offset: at.offset + frame.bytes, index: frame.index, checksum: frame.checksum }
}

/** The frame at `at`, or undefined when there is none that is whole and continues the chain. */
export function frameAt(bytes: Uint8Array, at: Position, salt: number): DecodedFrame | undefined {
  const frame = decodeFrame(bytes, at.offset, salt)
  if (frame === undefined || frame.previous !== at.checksum) return undefined
  return frame.index === at.index + (frame.kind === 'record' ? 1 : 0) ? frame : undefined
}

/** What recovery found in the last segment. */
export interface Tail {
  /** The end of the last whole frame: whatever follows is cut. */
  readonly end: Position
  /** Bytes from here to `end` are not known to be durable. */
  readonly unprovenOffset: number
  /** Where each record begins. */
  readonly offsets: number[]
}

/**
 * Follows the frames of the last segment to the first that is not whole. Rule JRN-6: the rest is a torn write, unless
 * something shows that it had been durable; then it is damage, a fault.
 * @param provenOffset bytes before this are known to have been durable for another reason
 */
export function findTail(bytes: Uint8Array, header: SegmentHeader, file: string, provenOffset: number): Tail {
  let at = startOf(header)
  let unprovenOffset = at.offset
  const offsets: number[] = []
  for (let frame = frameAt(bytes, at, header.salt); frame !== undefined; frame = frameAt(bytes, at, header.salt)) {
    unprovenOffset = Math.max(unprovenOffset, frame.durableOffset)
    if (frame.kind === 'record') offsets.push(at.offset)
    at = after(at, frame)
  }
  if (at.offset < provenOffset || showsDurable(bytes, at.offset, header.salt)) {
    throw new StoreFault('damaged', file, `record ${at.index + 1} was durable and cannot be read`, {
      offset: at.offset,
    })
  }
  return { end: at, unprovenOffset, offsets }
}

/** Whether a whole frame at or after `badOffset` states that the byte at `badOffset` was durable, or is out of place there. */
function showsDurable(bytes: Uint8Array, badOffset: number, salt: number): boolean {
  if (decodeFrame(bytes, badOffset, salt) !== undefined) return true
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  return FRAME_MAGICS.some((magic) => {
    for (let at = haystack.indexOf(magic, badOffset); at !== -1; at = haystack.indexOf(magic, at + 1)) {
      const frame = decodeFrame(bytes, at, salt)
      if (frame !== undefined && frame.durableOffset > badOffset) return true
    }
    return false
  })
}
