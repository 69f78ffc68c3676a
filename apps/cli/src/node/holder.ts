import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Who serves a data folder at the moment, for those who want to stop or ask it. */
export interface Holder {
  readonly pid: number
  readonly url: string
}

const holderPath = (dataDir: string): string => join(dataDir, 'holder.json')

export function writeHolder(dataDir: string, holder: Holder): void {
  writeFileSync(holderPath(dataDir), `${JSON.stringify(holder)}\n`)
}

/**
 * Takes back what this process has written; what another has written meanwhile stays. Only for who has written: in a container
 * this process has the number 1, and so has that of another container on the same volume.
 */
export function removeHolder(dataDir: string): void {
  if (readHolder(dataDir)?.pid === process.pid) rmSync(holderPath(dataDir), { force: true })
}

/** Undefined when nobody has written one that can be read. It may be of a process that is gone. */
export function readHolder(dataDir: string): Holder | undefined {
  try {
    const { pid, url } = JSON.parse(readFileSync(holderPath(dataDir), 'utf8')) as Partial<Holder>
    return Number.isSafeInteger(pid) && typeof url === 'string' ? { pid: pid as number, url } : undefined
  } catch {
    return undefined
  }
}
