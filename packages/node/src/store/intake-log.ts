import type { Disk } from '../seams/index.ts'
import { DiskJournal } from './disk-journal.ts'
import { decodeIntakeRecord, encodeKept, encodeSettled, ID_BYTES, type IntakeEntry } from './intake-record.ts'
import type { JournalOptions } from './journal.ts'

export interface IntakeOptions extends JournalOptions {
  /** Bytes of transactions that may be pending; beyond this `remember` answers `full`. */
  readonly pendingBytesMax?: number
}

interface Pending {
  readonly entry: IntakeEntry
  /** Index of the record that holds it; undefined until it is durable. */
  index: number | undefined
  readonly durable: Promise<unknown>
}

/** The oldest segment is given up when no more than this part of it is pending; that part is written again. */
const LIVE_PART_MAX = 1 / 4

/**
 * What the node has promised to bring into a block: written down before the promise leaves, given back after a restart
 * until it is settled. Rules INT-1 to INT-5 in SPEC.md.
 *
 * @example
 * const log = await IntakeLog.open(realDisk, 'data/intake')
 * for (const entry of log.pending()) engine.submit(entry.tx)
 * if ((await log.remember({ id, expiryMs, tx })) === 'durable') sendReceipt()
 */
export class IntakeLog {
  readonly #journal: DiskJournal
  readonly #pendingBytesMax: number
  readonly #pending = new Map<string, Pending>()
  #pendingBytes = 0
  /** Ids settled since the last record was written; they travel with the next. */
  #settled: Uint8Array[] = []
  #compacting: Promise<void> | undefined

  private constructor(journal: DiskJournal, options: IntakeOptions) {
    this.#journal = journal
    this.#pendingBytesMax = options.pendingBytesMax ?? 2 ** 28
  }

  /** Opens or starts the log in `dir`. Rejects like `openJournal`. */
  static async open(disk: Disk, dir: string, options: IntakeOptions = {}): Promise<IntakeLog> {
    const journal = await DiskJournal.open(disk, dir, { segmentBytesMax: 2 ** 22, ...options, prunable: true })
    const log = new IntakeLog(journal, options)
    try {
      await log.#replay()
    } catch (cause) {
      await journal.close()
      throw cause
    }
    return log
  }

  /**
   * What has to be sent again, oldest first. After a restart it may name acts that have expired (call `expire` first) or
   * are in a block already (sending those again does no harm).
   */
  pending(): readonly IntakeEntry[] {
    return [...this.#pending.values()].filter(({ index }) => index !== undefined).map(({ entry }) => entry)
  }

  /** Bytes of transactions that are pending. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  /**
   * Keeps an act until it is settled. Calls made at the same time share a sync; the same id is kept once.
   * @returns `durable` when the act is on the disk, so that a receipt may be given; `full` when it was not taken. Rejects
   * with a `StoreFault` `failed` or `closed`, after which nothing was promised.
   */
  async remember(entry: IntakeEntry): Promise<'durable' | 'full'> {
    const key = keyOf(entry.id)
    const known = this.#pending.get(key)
    if (known === undefined && this.#pendingBytes + entry.tx.length > this.#pendingBytesMax) return 'full'
    const pending = known ?? this.#keep(key, entry)
    await pending.durable
    return 'durable'
  }

  /** These ids are in a block, whoever sent them. Unknown ids are ignored. */
  settle(ids: readonly Uint8Array[]): void {
    for (const id of ids) if (this.#drop(keyOf(id))) this.#settled.push(id.slice())
    this.#compact()
  }

  /** Forgets every act whose expiry lies before `blockTimeMs`: no block can take it any more. */
  expire(blockTimeMs: number): void {
    for (const [key, { entry }] of this.#pending) if (entry.expiryMs < blockTimeMs) this.#drop(key)
    this.#compact()
  }

  /** Writes down what was settled and gives the folder back. */
  async close(): Promise<void> {
    await this.#compacting
    const settled = this.#takeSettled()
    // Losing these only means sending some acts again.
    await this.#journal.append(settled).catch(() => undefined)
    await this.#journal.close()
  }

  async #replay(): Promise<void> {
    for await (const { index, payload } of this.#journal.records(this.#journal.segments[0]?.firstIndex)) {
      const record = decodeIntakeRecord(payload)
      if (record.kind === 'settled') {
        for (const id of record.ids) this.#drop(keyOf(id))
      } else {
        const key = keyOf(record.entry.id)
        this.#drop(key)
        this.#add(key, { entry: record.entry, index, durable: Promise.resolve() })
      }
    }
  }

  #keep(key: string, entry: IntakeEntry): Pending {
    if (entry.id.length !== ID_BYTES) throw new Error(`an id has ${ID_BYTES} bytes, not ${entry.id.length}`)
    const own = { id: entry.id.slice(), expiryMs: entry.expiryMs, tx: entry.tx.slice() }
    const durable = this.#journal.append([...this.#takeSettled(), encodeKept(own)])
    const pending: Pending = { entry: own, index: undefined, durable }
    this.#add(key, pending)
    durable.then(
      (index) => {
        pending.index = index
      },
      () => {
        if (this.#pending.get(key) === pending) this.#drop(key)
      },
    )
    return pending
  }

  #add(key: string, pending: Pending): void {
    this.#pending.set(key, pending)
    this.#pendingBytes += pending.entry.tx.length
  }

  #drop(key: string): boolean {
    const pending = this.#pending.get(key)
    if (pending === undefined) return false
    this.#pending.delete(key)
    this.#pendingBytes -= pending.entry.tx.length
    return true
  }

  #takeSettled(): Uint8Array[] {
    const ids = this.#settled
    this.#settled = []
    return ids.length === 0 ? [] : [encodeSettled(ids)]
  }

  #compact(): void {
    this.#compacting ??= this.#giveUpSegments()
      // A failed disk shows itself in the next `remember`; here nothing was promised.
      .catch(() => undefined)
      .finally(() => {
        this.#compacting = undefined
      })
  }

  async #giveUpSegments(): Promise<void> {
    for (;;) {
      const [oldest, next] = this.#journal.segments
      if (oldest === undefined || next === undefined) return
      // What is being written now may still land in `oldest`; what comes later cannot.
      const writing = [...this.#pending.values()].filter(({ index }) => index === undefined)
      await Promise.allSettled(writing.map(({ durable }) => durable))

      const live = [...this.#pending.values()].filter(({ index }) => index !== undefined && index < next.firstIndex)
      const liveBytes = live.reduce((sum, { entry }) => sum + entry.tx.length, 0)
      if (liveBytes > oldest.bytes * LIVE_PART_MAX) return
      if (live.length > 0) {
        const last = await this.#journal.append(live.map(({ entry }) => encodeKept(entry)))
        for (const [at, pending] of live.entries()) pending.index = last - live.length + 1 + at
      }
      await this.#journal.pruneBefore(next.firstIndex)
      if (this.#journal.segments[0]?.firstIndex === oldest.firstIndex) return
    }
  }
}

const keyOf = (id: Uint8Array): string => Buffer.from(id).toString('latin1')
