import type { Disk, DiskFile } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import {
  decodeSegmentHeader,
  encodeSegmentHeader,
  SEGMENT_HEADER_BYTES,
  segmentName,
  type SegmentHeader,
} from './segment.ts'
import { findTail, startOf, type Position } from './walk.ts'

/** The segment that takes new records. */
export interface OpenSegment {
  readonly header: SegmentHeader
  readonly file: DiskFile
  readonly end: Position
  /** Where each of its durable records begins. */
  readonly offsets: number[]
}

/** Makes an empty segment and its name durable, before any record can point to it. */
export async function createSegment(disk: Disk, dir: string, header: SegmentHeader): Promise<OpenSegment> {
  const file = await disk.open(`${dir}/${segmentName(header.firstIndex)}`)
  try {
    await file.write(0, encodeSegmentHeader(header))
    await file.datasync()
    await disk.syncDir(dir)
    return { header, file, end: startOf(header), offsets: [] }
  } catch (cause) {
    await file.close()
    throw cause
  }
}

/**
 * Opens the last segment for appending: cuts a torn tail and makes what remains durable (JRN-6, JRN-7).
 * @param whole the segment had been finished, so that any tear in it is damage
 */
export async function recoverSegment(
  disk: Disk,
  dir: string,
  firstIndex: number,
  whole: boolean,
): Promise<OpenSegment> {
  const path = `${dir}/${segmentName(firstIndex)}`
  const file = await disk.open(path)
  try {
    const bytes = await file.read(0, await file.size())
    const header = checkedHeader(bytes, firstIndex, path)
    const { end, unprovenOffset, offsets } = findTail(bytes, header, path, whole ? bytes.length : 0)
    // After a failed sync the page cache may call bytes clean that never reached the disk. Writing the same bytes again
    // makes the next sync answer for them; a crash meanwhile leaves some mix of equal bytes.
    await file.write(unprovenOffset, bytes.subarray(unprovenOffset, end.offset))
    await file.truncate(end.offset)
    await file.datasync()
    return { header, file, end, offsets }
  } catch (cause) {
    await file.close()
    throw cause
  }
}

/** The header of a segment's bytes; a fault when it is not whole or not the one its name promises. */
export function checkedHeader(bytes: Uint8Array, firstIndex: number, path: string): SegmentHeader {
  const header = decodeSegmentHeader(bytes)
  if (header === undefined || header.firstIndex !== firstIndex) {
    throw new StoreFault('damaged', path, 'segment header cannot be read', { offset: 0 })
  }
  return header
}

/** Whether the file holds a header at most, so that no record can ever have been in it. */
export async function holdsNoRecord(disk: Disk, path: string): Promise<boolean> {
  const file = await disk.open(path)
  try {
    return (await file.size()) <= SEGMENT_HEADER_BYTES
  } finally {
    await file.close()
  }
}
