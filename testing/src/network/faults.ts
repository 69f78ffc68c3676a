import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AbciMethod } from '@dujiang/node/abci'
import type { HomeNodeOptions } from '@dujiang/node/network'
import { type Writing, journalDisk } from './journal-disk.ts'

/** What befalls the ledger's half of a node from inside its own process, in one of its lives. */
export type Fault =
  /** Dies by SIGKILL as the engine asks this for the `nth` time. */
  | { readonly kind: 'dieAt'; readonly method: AbciMethod; readonly nth: number }
  /** Dies as the `nth` record is written to the journal: `before` any of it is, `torn` half-way, or `after` it is durable. */
  | { readonly kind: 'dieWriting'; readonly moment: 'before' | 'torn' | 'after'; readonly nth: number }
  /** The disk has no room for the `nth` record and those after it. */
  | { readonly kind: 'full'; readonly nth: number }
  /** Every sync of the journal takes so much longer. */
  | { readonly kind: 'slowSync'; readonly ms: number }

const fileIn = (home: string): string => join(home, 'fault.json')

/** Lets something befall the next life of a home's ledger; the life after that one is sound again. */
export function plantFault(home: string, fault: Fault): void {
  writeFileSync(fileIn(home), JSON.stringify(fault))
}

/** What has been planted, as options of the node; it will not be found a second time. */
export function takeFault(home: string): Pick<HomeNodeOptions, 'disk' | 'log'> {
  let text: string
  try {
    text = readFileSync(fileIn(home), 'utf8')
  } catch {
    return {}
  }
  rmSync(fileIn(home))
  const fault = JSON.parse(text) as Fault
  if (fault.kind !== 'dieAt') return { disk: journalDisk(writingOf(fault)) }
  let left = fault.nth
  return {
    log: ({ method }) => {
      if (method === fault.method && --left === 0) die()
    },
  }
}

function writingOf(fault: Exclude<Fault, { readonly kind: 'dieAt' }>): Writing {
  if (fault.kind === 'slowSync') {
    return { beforeSync: () => new Promise((later) => setTimeout(later, fault.ms)) }
  }
  let left = fault.nth
  if (fault.kind === 'full') {
    return {
      beforeWrite(bytes) {
        if (--left <= 0) throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
        return bytes
      },
    }
  }
  return {
    beforeWrite(bytes) {
      left -= 1
      if (left === 0 && fault.moment === 'before') die()
      return left === 0 && fault.moment === 'torn' ? bytes.subarray(0, bytes.length >> 1) : bytes
    },
    afterSync() {
      if (left <= 0) die()
    },
  }
}

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('killed')
}
