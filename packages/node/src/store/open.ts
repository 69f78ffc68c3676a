import type { Disk } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import type { SegmentSpan } from './read.ts'
import { createSegment, holdsNoRecord, recoverSegment, type OpenSegment } from './segment-file.ts'
import { firstIndexOf, segmentName } from './segment.ts'

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

  const last = firsts.at(-1)
  // A crash between starting a segment and its first record leaves a file that may not even be whole: start it anew.
  const abandoned = last !== undefined && (await holdsNoRecord(disk, `${dir}/${segmentName(last)}`))
  if (abandoned) {
    if (firsts.length === 1 && last !== 1) throw new StoreFault('damaged', `${dir}/${segmentName(last)}`, 'no records')
    await disk.remove(`${dir}/${segmentName(last)}`)
    await disk.syncDir(dir)
    firsts.pop()
  }

  const current = firsts.pop()
  const open =
    current === undefined
      ? await createSegment(disk, dir, { firstIndex: 1, previous: 0, salt: salt() })
      : await recoverSegment(disk, dir, current, abandoned)
  return { finished: await spansOf(disk, dir, firsts), open }
}

async function spansOf(disk: Disk, dir: string, firsts: readonly number[]): Promise<SegmentSpan[]> {
  const spans: SegmentSpan[] = []
  for (const firstIndex of firsts) {
    const file = await disk.open(`${dir}/${segmentName(firstIndex)}`)
    spans.push({ firstIndex, bytes: await file.size().finally(() => file.close()) })
  }
  return spans
}
