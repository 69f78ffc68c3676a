import type { Disk } from '../seams/index.ts'
import { DiskJournal } from './disk-journal.ts'
import type { Journal, JournalOptions } from './journal.ts'

export { StoreFault, type StoreFaultKind } from './fault.ts'
export { IntakeLog, type IntakeOptions } from './intake-log.ts'
export type { IntakeEntry } from './intake-record.ts'
export type { Journal, JournalOptions, JournalRecord } from './journal.ts'
export { MemoryJournals } from './memory-journal.ts'

/**
 * Opens the journal in the folder `dir`, or starts one. Recovers from any crash by itself (JRN-6); rejects with a
 * `StoreFault`: `locked` (another node has it open), `damaged` (file and byte named; nothing is changed), `failed`.
 */
export function openJournal(disk: Disk, dir: string, options: JournalOptions = {}): Promise<Journal> {
  return DiskJournal.open(disk, dir, options)
}
