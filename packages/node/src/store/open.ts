import type { Disk } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import type { SegmentSpan } from './read.ts'
import { createSegment, holdsNoRecord, recoverSegment, type OpenSegment } from './segment-file.ts'
import { firstIndexOf, segmentName, type SegmentHeader } from './segment.ts'

/** Finds the segments in `dir`, recovers the last, or starts the first. Earlier ones are checked when they are read. */
export async function openSegments(
  disk: Disk,
  dir: string,
  prunable: boolean,
  salt: () => number,
): Promise<{ finished: SegmentSpan[]; open: OpenSegment }> {
  const firsts = (await disk.list(dir)).map(firstIndexOf).filter((first) => first !== undefined)
  const oldest = firsts[0]
  if (oldest !== undefined && oldest !== 1 && !prunable) {
    throw new StoreFault('damaged', `${dir}/${segmentName(1)}`, 'the oldest segment is missing')
  }

  const last = firsts.pop()
  if (last === undefined) return { finished: [], open: await createSegment(disk, dir, first(salt)) }
  const path = `${dir}/${segmentName(last)}`
  if (!(await holdsNoRecord(disk, path))) {
    return { finished: await spansOf(disk, dir, firsts), open: await recoverSegment(disk, dir, last, false) }
  }

  // A crash between starting a segment and its first record leaves a file that may not even be whole: start it anew.
  const previous = firsts.pop()
  if (previous !== undefined) {
    const finished = await spansOf(disk, dir, firsts)
    const open = await recoverSegment(disk, dir, previous, true)
    try {
      if (open.end.index + 1 !== last) {
        throw new StoreFault('damaged', path, `records from ${open.end.index + 1} to ${last - 1} are missing`)
      }
      // Only now: the empty segment is what shows that the one before it was whole.
      await disk.remove(path)
      await disk.syncDir(dir)
    } catch (cause) {
      await open.file.close()
      throw cause
    }
    return { finished, open }
  }
  if (last !== 1) throw new StoreFault('damaged', path, 'the only segment is empty and is not the first')
  return { finished: [], open: await createSegment(disk, dir, first(salt)) }
}

const first = (salt: () => number): SegmentHeader => ({ firstIndex: 1, previous: 0, salt: salt() })

async function spansOf(disk: Disk, dir: string, firsts: readonly number[]): Promise<SegmentSpan[]> {
  const spans: SegmentSpan[] = []
  for (const firstIndex of firsts) {
    const file = await disk.open(`${dir}/${segmentName(firstIndex)}`)
    spans.push({ firstIndex, bytes: await file.size().finally(() => file.close()) })
  }
  return spans
}
