import { readFileSync } from 'node:fs'

/** What a process has used since it began, and what it holds. */
export interface Used {
  /** Of its first thread: in Node the one that runs our code. */
  readonly mainThreadUs: number
  /** Of all its threads. */
  readonly cpuUs: number
  readonly residentBytes: number
}

/** The kernel counts in hundredths of a second. */
const TICK_US = 10_000
const PAGE_BYTES = 4_096

/** Linux only, like the figures. Throws when there is no such process any more. */
export function usedBy(pid: number): Used {
  const resident = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]
  return {
    mainThreadUs: ticksIn(`/proc/${pid}/task/${pid}/stat`) * TICK_US,
    cpuUs: ticksIn(`/proc/${pid}/stat`) * TICK_US,
    residentBytes: Number(resident) * PAGE_BYTES,
  }
}

function ticksIn(path: string): number {
  const text = readFileSync(path, 'latin1')
  // The name of the program stands in brackets and may hold spaces; user and system time are fields 14 and 15.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
