import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AbciCall, AbciMethod } from '@dujiang/node/abci'
import type { Disk } from '@dujiang/node/seams'
import { journalDisk } from './journal-disk.ts'

/** What befalls the ledger's half of a node, from inside its own process and for the rest of its life. */
export type Fault =
  /** Dies by SIGKILL as the engine asks this the next time. */
  | { readonly kind: 'dieAsked'; readonly method: AbciMethod }
  /** Dies as the next record is written to the journal: `before` any of it is, `torn` half-way, or `after` it is durable. */
  | { readonly kind: 'dieWriting'; readonly moment: 'before' | 'torn' | 'after' }
  /** The disk has no room for further records. */
  | { readonly kind: 'full' }
  /** Every sync of the journal takes so much longer. */
  | { readonly kind: 'slowSync'; readonly ms: number }

const fileIn = (home: string): string => join(home, 'fault.json')

/** Lets something befall a process that has set a trap over this home. */
export function befall(home: string, pid: number, fault: Fault): void {
  writeFileSync(fileIn(home), JSON.stringify(fault))
  process.kill(pid, 'SIGUSR2')
}

/** Waits in a process for what is to befall it. */
export class Trap {
  readonly disk: Disk
  #fault: Fault | undefined
  #lastWritten = false

  constructor(home: string) {
    process.on('SIGUSR2', () => {
      this.#fault = JSON.parse(readFileSync(fileIn(home), 'utf8')) as Fault
    })
    this.disk = journalDisk({
      beforeWrite: (bytes) => this.#write(bytes),
      beforeSync: () => this.#waitForSync(),
      afterSync: () => {
        if (this.#lastWritten) die()
      },
    })
  }

  readonly log = ({ method }: AbciCall): void => {
    if (this.#fault?.kind === 'dieAsked' && this.#fault.method === method) die()
  }

  /** Gives what is written in place of a record. */
  #write(bytes: Uint8Array): Uint8Array {
    const fault = this.#fault
    if (fault?.kind === 'full') throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
    if (fault?.kind !== 'dieWriting') return bytes
    if (fault.moment === 'before') die()
    this.#lastWritten = true
    return fault.moment === 'torn' ? bytes.subarray(0, bytes.length >> 1) : bytes
  }

  async #waitForSync(): Promise<void> {
    const fault = this.#fault
    if (fault?.kind === 'slowSync') await new Promise((later) => setTimeout(later, fault.ms))
  }
}

function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('killed')
}
