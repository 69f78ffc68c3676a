import type { IntakeEntry } from '../store/index.ts'
import { decodeIntakeRecord } from '../store/intake-record.ts'
import { snapshotJournal } from './journal-snapshot.ts'

/** How often the log may give up its oldest segment under a reader's eyes. */
const GIVEN_UP_MAX = 10

/**
 * The acts in the intake log in `dir` that are promised and, as the log knows, in no block yet, oldest first; whoever has it
 * open. None when there is no log. Throws like `snapshotJournal`.
 */
export async function snapshotPending(dir: string): Promise<readonly IntakeEntry[]> {
  for (let givenUp = 0; ; givenUp++) {
    try {
      return await readPending(dir)
    } catch (cause) {
      // A segment that is gone since it was listed: what was pending in it stands in a newer one (INT-4).
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || givenUp === GIVEN_UP_MAX) throw cause
    }
  }
}

async function readPending(dir: string): Promise<readonly IntakeEntry[]> {
  const pending = new Map<string, IntakeEntry>()
  for await (const payload of (await snapshotJournal(dir)).records()) {
    const record = decodeIntakeRecord(payload)
    if (record.kind === 'settled') {
      for (const id of record.ids) pending.delete(keyOf(id))
    } else {
      const key = keyOf(record.entry.id)
      pending.delete(key)
      pending.set(key, record.entry)
    }
  }
  return [...pending.values()]
}

const keyOf = (id: Uint8Array): string => Buffer.from(id).toString('latin1')
