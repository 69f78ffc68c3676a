import type { Disk } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import { decodeFrame } from './frame.ts'

/** Where in a segment each of its records begins, so that one can be read without those before it (JRN-11). */
export interface SegmentIndex {
  readonly firstIndex: number
  /** Start value of every checksum in the segment. */
  readonly salt: number
  readonly offsets: readonly number[]
}

/**
 * Reads the frame of record `index` and nothing else, and checks it by its own checksum and number.
 * @param endOffset where the believed bytes of the segment end
 */
export async function readRecordAt(
  disk: Disk,
  path: string,
  { firstIndex, salt, offsets }: SegmentIndex,
  index: number,
  endOffset: number,
): Promise<Uint8Array> {
  const at = index - firstIndex
  const offset = offsets[at]
  if (offset === undefined) throw new Error(`record ${index} is not in ${path}, which is said to hold it`)
  const file = await disk.open(path)
  try {
    const bytes = await file.read(offset, (offsets[at + 1] ?? endOffset) - offset)
    const frame = decodeFrame(bytes, 0, salt)
    if (frame?.kind !== 'record' || frame.index !== index) {
      throw new StoreFault('damaged', path, `record ${index} cannot be read`, { offset })
    }
    return frame.payload
  } finally {
    await file.close()
  }
}
