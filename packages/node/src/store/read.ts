import type { Disk } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import type { JournalRecord } from './journal.ts'
import { checkedHeader } from './segment-file.ts'
import type { SegmentIndex } from './segment-index.ts'
import { segmentName } from './segment.ts'
import { after, frameAt, startOf, type Position } from './walk.ts'

/** A segment and how much of it to believe. */
export interface SegmentSpan {
  readonly firstIndex: number
  readonly bytes: number
}

/**
 * Yields records `fromIndex`..`toIndex` of `spans`, checking every frame, also those it skips.
 * @param onIndexed told of each segment that has been read to its end
 */
export async function* readSegments(
  disk: Disk,
  dir: string,
  spans: readonly SegmentSpan[],
  fromIndex: number,
  toIndex: number,
  onIndexed: (index: SegmentIndex) => void = () => undefined,
): AsyncGenerator<JournalRecord, void, undefined> {
  let end: Position | undefined
  for (const [at, span] of spans.entries()) {
    const next = spans[at + 1]
    if (next !== undefined && next.firstIndex <= fromIndex) continue
    const path = `${dir}/${segmentName(span.firstIndex)}`
    const bytes = await readSpan(disk, path, span)
    end = yield* walkSegment(bytes, span, path, end, fromIndex, onIndexed)
    if (end.index !== (next === undefined ? toIndex : next.firstIndex - 1)) {
      throw new StoreFault('damaged', path, `records after ${end.index} are missing`, { offset: end.offset })
    }
  }
}

/** Reads a segment as a whole to learn where its records begin. */
export async function indexSegment(disk: Disk, dir: string, span: SegmentSpan): Promise<SegmentIndex> {
  const path = `${dir}/${segmentName(span.firstIndex)}`
  const bytes = await readSpan(disk, path, span)
  const found: SegmentIndex[] = []
  const nothing = Number.POSITIVE_INFINITY
  for (const record of walkSegment(bytes, span, path, undefined, nothing, (index) => found.push(index))) void record
  return found[0] as SegmentIndex
}

function* walkSegment(
  bytes: Uint8Array,
  span: SegmentSpan,
  path: string,
  before: Position | undefined,
  fromIndex: number,
  onIndexed: (index: SegmentIndex) => void,
): Generator<JournalRecord, Position, undefined> {
  const header = checkedHeader(bytes, span.firstIndex, path)
  const expected = before?.checksum ?? (span.firstIndex === 1 ? 0 : header.previous)
  if (header.previous !== expected) {
    throw new StoreFault('damaged', path, 'the segment does not follow the one before it', { offset: 0 })
  }
  const offsets: number[] = []
  let at = startOf(header)
  while (at.offset < bytes.length) {
    const frame = frameAt(bytes, at, header.salt)
    if (frame === undefined) {
      throw new StoreFault('damaged', path, `record ${at.index + 1} cannot be read`, { offset: at.offset })
    }
    if (frame.kind === 'record') offsets.push(at.offset)
    at = after(at, frame)
    if (frame.kind === 'record' && frame.index >= fromIndex)
      yield { index: frame.index, payload: frame.payload.slice() }
  }
  onIndexed({ firstIndex: span.firstIndex, salt: header.salt, offsets })
  return at
}

/** The believed bytes of a segment; a file that has become shorter is damage. */
export async function readSpan(disk: Disk, path: string, span: SegmentSpan): Promise<Uint8Array> {
  const file = await disk.open(path)
  try {
    const bytes = await file.read(0, span.bytes)
    if (bytes.length < span.bytes) {
      throw new StoreFault('damaged', path, 'the file has become shorter', { offset: bytes.length })
    }
    return bytes
  } finally {
    await file.close()
  }
}
