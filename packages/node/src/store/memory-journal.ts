import { StoreFault } from './fault.ts'
import type { Journal, JournalRecord } from './journal.ts'

interface Kept {
  readonly records: Uint8Array[]
  open: boolean
}

/** Journals without a disk, for tests and demonstrations: the same contract, as long as this object lives. */
export class MemoryJournals {
  readonly #folders = new Map<string, Kept>()

  /** Like `openJournal`; refuses with `locked` while the journal is open. */
  async open(dir: string): Promise<Journal> {
    const kept = this.#folders.get(dir) ?? { records: [], open: false }
    if (kept.open) throw new StoreFault('locked', dir, 'another node has this folder open')
    kept.open = true
    this.#folders.set(dir, kept)
    return new MemoryJournal(dir, kept, (to) => this.#copy(kept, to))
  }

  #copy(kept: Kept, to: string): number {
    if (this.#folders.has(to)) throw new StoreFault('failed', to, 'the folder is not empty')
    this.#folders.set(to, { records: [...kept.records], open: false })
    return kept.records.length
  }
}

class MemoryJournal implements Journal {
  readonly #dir: string
  readonly #kept: Kept
  readonly #copy: (dir: string) => number
  #last: Promise<unknown> = Promise.resolve()
  #queuedBytes = 0
  #closed = false

  constructor(dir: string, kept: Kept, copy: (dir: string) => number) {
    this.#dir = dir
    this.#kept = kept
    this.#copy = copy
  }

  get lastIndex(): number {
    return this.#kept.records.length
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  append(payloads: readonly Uint8Array[]): Promise<number> {
    if (this.#closed) return Promise.reject(new StoreFault('closed', this.#dir, 'append after close'))
    const bytes = payloads.reduce((sum, payload) => sum + payload.length, 0)
    this.#queuedBytes += bytes
    // Not in the caller's turn: a record that is readable before `append` resolves would hide a caller's mistake.
    const done = this.#last.then(() => {
      for (const payload of payloads) this.#kept.records.push(payload.slice())
      this.#queuedBytes -= bytes
      return this.lastIndex
    })
    this.#last = done
    return done
  }

  records(fromIndex = 1): AsyncIterable<JournalRecord> {
    return readMemory(this.#kept.records, Math.max(1, fromIndex), this.lastIndex)
  }

  async read(index: number): Promise<Uint8Array> {
    const payload = this.#kept.records[index - 1]
    if (payload === undefined) throw new Error(`there is no record ${index} in ${this.#dir}`)
    return payload.slice()
  }

  async copyTo(dir: string): Promise<number> {
    return this.#copy(dir)
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#last
    this.#kept.open = false
  }
}

async function* readMemory(
  records: readonly Uint8Array[],
  fromIndex: number,
  toIndex: number,
): AsyncGenerator<JournalRecord, void> {
  for (const [at, payload] of records.slice(fromIndex - 1, toIndex).entries()) {
    yield { index: fromIndex + at, payload: payload.slice() }
  }
}
