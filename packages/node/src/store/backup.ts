import { dirname } from 'node:path'
import type { Disk } from '../seams/index.ts'
import { StoreFault } from './fault.ts'
import { readSegments, readSpan, type SegmentSpan } from './read.ts'
import { segmentName } from './segment.ts'

/**
 * Copies `spans` of the journal in `from` to the new folder `to`. The copy is read back and checked before it gets its
 * name, so that a folder called `to` is a whole journal or does not exist.
 */
export async function copySegments(
  disk: Disk,
  from: string,
  spans: readonly SegmentSpan[],
  lastIndex: number,
  to: string,
): Promise<void> {
  const partial = `${to}.partial`
  if ((await disk.list(to)).length > 0) throw new StoreFault('failed', to, 'the folder is not empty')
  await disk.makeDir(partial)
  for (const name of await disk.list(partial)) await disk.remove(`${partial}/${name}`)

  const bytes = spans.reduce((sum, span) => sum + span.bytes, 0)
  const freeBytes = await disk.freeBytes(partial)
  if (bytes > freeBytes) throw new StoreFault('failed', to, `${bytes} bytes to copy, room for ${freeBytes}`)

  for (const span of spans) {
    const name = segmentName(span.firstIndex)
    const file = await disk.open(`${partial}/${name}`)
    try {
      await file.write(0, await readSpan(disk, `${from}/${name}`, span))
      await file.datasync()
    } finally {
      await file.close()
    }
  }
  await disk.syncDir(partial)
  for await (const record of readSegments(disk, partial, spans, 1, lastIndex)) void record
  await disk.rename(partial, to)
  await disk.syncDir(dirname(to))
}
