import type { Disk } from '../seams/index.ts'
import { IntakeLog, type Journal } from '../store/index.ts'
import { writeGenesisFile } from './genesis-file.ts'

interface Durable {
  readonly disk: Disk
  readonly journal: Journal
  readonly log: IntakeLog
}

/**
 * Copies a node's folder while it runs; the copy opens as a node. The genesis file comes last, so that a copy cut short
 * is refused. Promised acts come first: one that gets into a block meanwhile is then in both, which does no harm. Rule SVC-4.
 */
export async function copyNode(
  { disk, journal, log }: Durable,
  genesisBytes: Uint8Array,
  dir: string,
): Promise<{ readonly height: number }> {
  if ((await disk.list(dir)).length > 0) throw new Error(`${dir} is not empty`)
  await disk.makeDir(dir)
  const copy = await IntakeLog.open(disk, `${dir}/intake`)
  try {
    await Promise.all(log.pending().map((entry) => copy.remember(entry)))
  } finally {
    await copy.close()
  }
  const height = await journal.copyTo(`${dir}/journal`)
  await writeGenesisFile(disk, dir, genesisBytes)
  return { height }
}
