/** One record as it was appended; `index` counts from 1 without gaps. */
export interface JournalRecord {
  readonly index: number
  readonly payload: Uint8Array
}

/**
 * An append-only list of opaque records: the truth of a node. Rules: SPEC.md beside this file.
 *
 * @example
 * const journal = await openJournal(realDisk, 'data/journal')
 * for await (const { payload } of journal.records()) replay(payload)
 * await journal.append([block]) // from here on the block survives a power failure
 */
export interface Journal {
  /** Index of the last durable record; 0 when there is none. */
  readonly lastIndex: number
  /** Payload bytes handed to `append` and not yet durable: the door's measure for saying "later". */
  readonly queuedBytes: number
  /**
   * Adds records in order. Calls made while a sync is running share the next one (JRN-4). The payloads must not change
   * until it resolves; each is 0 to 2^28 bytes.
   * @returns index of the last of them, once all of them are durable. Rejects with a `StoreFault`: `failed` (disk full,
   * I/O error; this and every later append until the journal is opened again) or `closed`.
   */
  append(payloads: readonly Uint8Array[]): Promise<number>
  /**
   * The records from `fromIndex` (1 when left out) to the last durable at the time of the call, each checked as it is
   * read. Payloads are the caller's own copies. Throws a `StoreFault` `damaged` naming file and byte.
   */
  records(fromIndex?: number): AsyncIterable<JournalRecord>
  /**
   * One durable record, read without the others and checked; the caller's own copy. Throws a `StoreFault` `damaged`
   * naming file and byte, and an `Error` when there is no such record (JRN-11).
   */
  read(index: number): Promise<Uint8Array>
  /**
   * Copies the records durable now to the new folder `dir`, while appends go on; the copy is a journal and is complete
   * or absent. Rejects with `failed` when the folder is not empty or has no room.
   * @returns index of the last record in the copy
   */
  copyTo(dir: string): Promise<number>
  /** Waits for appends under way, seals the end and gives the folder back. */
  close(): Promise<void>
}

export interface JournalOptions {
  /** A segment that has reached this many bytes gets no further records. */
  readonly segmentBytesMax?: number
  /** Payload bytes after which a sync takes no further calls. */
  readonly batchBytesMax?: number
  /** A number below 2^32 nobody can foresee, for each new segment (JRN-3). A simulator passes a seeded one. */
  readonly salt?: () => number
}
