import type { Disk } from '../seams/index.ts'
import { type SegmentSpan, readSegments } from '../store/read.ts'
import { SEGMENT_HEADER_BYTES, firstIndexOf, segmentName } from '../store/segment.ts'
import { checkedHeader } from '../store/segment-file.ts'
import { findTail } from '../store/walk.ts'
import { readOnlyDisk } from './read-only-disk.ts'

/** The records of a journal as they were at one moment, whoever has it open. */
export interface JournalSnapshot {
  /** Index of the last record; 0 when there is none. */
  readonly lastIndex: number
  /** All records in order, each checked as it is read; as often as wanted. */
  records(): AsyncIterable<Uint8Array>
}

/**
 * Looks at the journal in `dir` without its lock and without writing to it (EXP-5). What it takes for the end is durable.
 * Throws a `StoreFault` `damaged` like opening would; a write under way at the end is no damage.
 */
export async function snapshotJournal(dir: string): Promise<JournalSnapshot> {
  const disk = readOnlyDisk as Disk
  const firsts = (await disk.list(dir)).map(firstIndexOf).filter((first) => first !== undefined)
  const spans: SegmentSpan[] = []
  for (const firstIndex of firsts) spans.push({ firstIndex, bytes: await durableBytes(disk, dir, firstIndex) })
  // The newest segment may have been started a moment ago.
  if ((spans.at(-1)?.bytes ?? 0) <= SEGMENT_HEADER_BYTES) spans.pop()
  const last = spans.pop()
  if (last === undefined) return { lastIndex: 0, records: async function* () {} }

  const { bytes, lastIndex } = await endOf(disk, dir, last)
  const believed = [...spans, { ...last, bytes }]
  // A log that gives up old segments begins later than 1.
  const firstIndex = believed[0]?.firstIndex ?? 1
  return {
    lastIndex,
    async *records() {
      for await (const { payload } of readSegments(disk, dir, believed, firstIndex, lastIndex)) yield payload
    },
  }
}

/** The size of a segment, all of it durable. */
async function durableBytes(disk: Disk, dir: string, firstIndex: number): Promise<number> {
  const file = await disk.open(`${dir}/${segmentName(firstIndex)}`)
  try {
    const bytes = await file.size()
    await file.datasync()
    return bytes
  } finally {
    await file.close()
  }
}

async function endOf(disk: Disk, dir: string, span: SegmentSpan): Promise<{ bytes: number; lastIndex: number }> {
  const path = `${dir}/${segmentName(span.firstIndex)}`
  const file = await disk.open(path)
  try {
    const bytes = await file.read(0, span.bytes)
    const { end } = findTail(bytes, checkedHeader(bytes, span.firstIndex, path), path, 0)
    return { bytes: end.offset, lastIndex: end.index }
  } finally {
    await file.close()
  }
}
