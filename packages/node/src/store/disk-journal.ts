import { randomInt } from 'node:crypto'
import type { Disk, DiskLock } from '../seams/index.ts'
import { copySegments } from './backup.ts'
import { StoreFault } from './fault.ts'
import { encodeFrame, FRAME_HEADER_BYTES, PAYLOAD_BYTES_MAX, type Frame } from './frame.ts'
import type { Journal, JournalOptions, JournalRecord } from './journal.ts'
import { openSegments } from './open.ts'
import { indexSegment, readSegments, type SegmentSpan } from './read.ts'
import { createSegment, type OpenSegment } from './segment-file.ts'
import { readRecordAt, type SegmentIndex } from './segment-index.ts'
import { segmentName } from './segment.ts'

interface Call {
  readonly payloads: readonly Uint8Array[]
  readonly resolve: (lastIndex: number) => void
  readonly reject: (fault: StoreFault) => void
}

export interface DiskJournalOptions extends JournalOptions {
  /** The oldest segments may be gone, because `pruneBefore` is in use. */
  readonly prunable?: boolean
}

/** A journal on a disk: a folder of segment files and a lock. */
export class DiskJournal implements Journal {
  readonly #disk: Disk
  readonly #dir: string
  readonly #lock: DiskLock
  readonly #segmentBytesMax: number
  readonly #batchBytesMax: number
  readonly #salt: () => number
  /** Finished segments, oldest first. */
  readonly #finished: SegmentSpan[]
  /** Of finished segments, by their first record: known once a segment has been read. */
  readonly #indices = new Map<number, Promise<SegmentIndex>>()
  #open: OpenSegment
  #queue: Call[] = []
  #queuedBytes = 0
  #pumping: Promise<void> | undefined
  /** Copying and pruning take turns. */
  #maintenance: Promise<unknown> = Promise.resolve()
  #failure: StoreFault | undefined
  #closing: Promise<void> | undefined

  private constructor(
    disk: Disk,
    dir: string,
    lock: DiskLock,
    finished: SegmentSpan[],
    open: OpenSegment,
    options: DiskJournalOptions,
  ) {
    this.#disk = disk
    this.#dir = dir
    this.#lock = lock
    this.#finished = finished
    this.#open = open
    this.#segmentBytesMax = options.segmentBytesMax ?? 2 ** 26
    this.#batchBytesMax = options.batchBytesMax ?? 2 ** 23
    this.#salt = options.salt ?? unforeseeable
  }

  /** Opens or starts the journal in `dir`. Rejects with a `StoreFault`: `locked`, `damaged` or `failed`. */
  static async open(disk: Disk, dir: string, options: DiskJournalOptions = {}): Promise<DiskJournal> {
    await disk.makeDir(dir).catch(failedAt(dir))
    const lock = await disk.lock(`${dir}/lock`).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ELOCKED') return failedAt(dir)(cause)
      throw new StoreFault('locked', dir, 'another node has this folder open', { cause })
    })
    try {
      const { finished, open } = await openSegments(disk, dir, options.prunable ?? false, options.salt ?? unforeseeable)
      return new DiskJournal(disk, dir, lock, finished, open, options)
    } catch (cause) {
      await lock.release()
      throw cause instanceof StoreFault ? cause : failedAt(dir)(cause)
    }
  }

  get lastIndex(): number {
    return this.#open.end.index
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  /** The segments, oldest first, up to the last durable byte. */
  get segments(): readonly SegmentSpan[] {
    return [...this.#finished, { firstIndex: this.#open.header.firstIndex, bytes: this.#open.end.offset }]
  }

  append(payloads: readonly Uint8Array[]): Promise<number> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure)
    if (this.#closing !== undefined) return Promise.reject(new StoreFault('closed', this.#dir, 'append after close'))
    if (payloads.some((payload) => payload.length > PAYLOAD_BYTES_MAX)) {
      return Promise.reject(new Error(`a record holds at most ${PAYLOAD_BYTES_MAX} bytes`))
    }
    return new Promise((resolve, reject) => {
      this.#queue.push({ payloads, resolve, reject })
      this.#queuedBytes += bytesOf(payloads)
      this.#pumping ??= this.#pump()
    })
  }

  records(fromIndex = 1): AsyncIterable<JournalRecord> {
    const { segments, lastIndex } = this
    return readSegments(this.#disk, this.#dir, segments, Math.max(1, fromIndex), lastIndex, (index) => {
      this.#indices.set(index.firstIndex, Promise.resolve(index))
    })
  }

  async read(index: number): Promise<Uint8Array> {
    const span = this.segments.findLast(({ firstIndex }) => firstIndex <= index)
    if (!Number.isSafeInteger(index) || span === undefined || index > this.lastIndex) {
      throw new Error(`there is no record ${index} in ${this.#dir}`)
    }
    const path = `${this.#dir}/${segmentName(span.firstIndex)}`
    return readRecordAt(this.#disk, path, await this.#indexOf(span), index, span.bytes)
  }

  copyTo(dir: string): Promise<number> {
    return this.#inTurn(async () => {
      const { lastIndex, segments } = this
      await copySegments(this.#disk, this.#dir, segments, lastIndex, dir)
      return lastIndex
    })
  }

  /** Removes the segments that hold only records before `index`. The last record always stays. */
  pruneBefore(index: number): Promise<void> {
    return this.#inTurn(async () => {
      for (;;) {
        const [oldest] = this.#finished
        const next = this.segments[1]
        if (oldest === undefined || next === undefined || next.firstIndex > Math.min(index, this.lastIndex)) return
        await this.#disk.remove(`${this.#dir}/${segmentName(oldest.firstIndex)}`).catch(failedAt(this.#dir))
        // One by one: two removals could otherwise reach the disk in the wrong order and leave a gap.
        await this.#disk.syncDir(this.#dir).catch(failedAt(this.#dir))
        this.#finished.shift()
        this.#indices.delete(oldest.firstIndex)
      }
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#pumping
    await this.#maintenance
    // The seal only helps the next opening to tell damage from a tear; a disk that refuses it has lost no record.
    const seal: Pick<Frame, 'kind' | 'payload'> = { kind: 'seal', payload: new Uint8Array() }
    if (this.#failure === undefined) await this.#writeFrames([seal]).catch(() => undefined)
    await this.#open.file.close().finally(() => this.#lock.release())
  }

  #indexOf(span: SegmentSpan): Promise<SegmentIndex> {
    const { header, offsets } = this.#open
    if (span.firstIndex === header.firstIndex) return Promise.resolve({ ...header, offsets })
    const known = this.#indices.get(span.firstIndex)
    if (known !== undefined) return known
    const made = indexSegment(this.#disk, this.#dir, span)
    this.#indices.set(span.firstIndex, made)
    made.catch(() => this.#indices.delete(span.firstIndex))
    return made
  }

  /** Group commit: everything that queued up during one sync goes into the next. */
  async #pump(): Promise<void> {
    // Calls made in the same turn as the first one belong to its batch.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      const batch = this.#takeBatch()
      try {
        await this.#write(batch)
      } catch (cause) {
        this.#fail(cause, batch)
      }
    }
    this.#pumping = undefined
  }

  #takeBatch(): Call[] {
    let bytes = 0
    let calls = 0
    while (calls < this.#queue.length && bytes < this.#batchBytesMax)
      bytes += bytesOf(this.#queue[calls++]?.payloads ?? [])
    return this.#queue.splice(0, calls)
  }

  async #write(batch: readonly Call[]): Promise<void> {
    let index = this.lastIndex
    const payloads = batch.flatMap((call) => call.payloads)
    if (payloads.length > 0) {
      if (this.#open.end.offset >= this.#segmentBytesMax) await this.#roll()
      await this.#writeFrames(payloads.map((payload) => ({ kind: 'record', payload })))
    }
    for (const { payloads: own, resolve } of batch) {
      index += own.length
      this.#queuedBytes -= bytesOf(own)
      resolve(index)
    }
  }

  /** Writes the frames behind the last durable byte; they count once they are durable. */
  async #writeFrames(frames: readonly Pick<Frame, 'kind' | 'payload'>[]): Promise<void> {
    const { header, file, end, offsets } = this.#open
    const begins: number[] = []
    const bytes = Buffer.allocUnsafe(frames.reduce((sum, frame) => sum + FRAME_HEADER_BYTES + frame.payload.length, 0))
    let { index, checksum } = end
    let offset = 0
    for (const { kind, payload } of frames) {
      if (kind === 'record') {
        index += 1
        begins.push(end.offset + offset)
      }
      const frame: Frame = { kind, payload, index, durableOffset: end.offset, previous: checksum }
      checksum = encodeFrame(frame, header.salt, bytes, offset)
      offset += FRAME_HEADER_BYTES + payload.length
    }
    await file.write(end.offset, bytes)
    await file.datasync()
    for (const begin of begins) offsets.push(begin)
    this.#open = { header, file, end: { offset: end.offset + offset, index, checksum }, offsets }
  }

  async #roll(): Promise<void> {
    const { header, file, end, offsets } = this.#open
    const next = { firstIndex: end.index + 1, previous: end.checksum, salt: this.#salt() }
    this.#open = await createSegment(this.#disk, this.#dir, next)
    this.#finished.push({ firstIndex: header.firstIndex, bytes: end.offset })
    this.#indices.set(header.firstIndex, Promise.resolve({ ...header, offsets }))
    await file.close()
  }

  /** After a failed write or sync nobody knows what is on the disk: no further append until recovery has looked. */
  #fail(cause: unknown, batch: readonly Call[]): void {
    const file = `${this.#dir}/${segmentName(this.#open.header.firstIndex)}`
    this.#failure = new StoreFault('failed', file, cause instanceof Error ? cause.message : String(cause), { cause })
    for (const { reject } of [...batch, ...this.#queue]) reject(this.#failure)
    this.#queue = []
    this.#queuedBytes = 0
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#maintenance.then(work)
    this.#maintenance = done.catch(() => undefined)
    return done
  }
}

const unforeseeable = (): number => randomInt(2 ** 32)

const bytesOf = (payloads: readonly Uint8Array[]): number => payloads.reduce((sum, payload) => sum + payload.length, 0)

function failedAt(path: string): (cause: unknown) => never {
  return (cause) => {
    throw new StoreFault('failed', path, cause instanceof Error ? cause.message : String(cause), { cause })
  }
}
