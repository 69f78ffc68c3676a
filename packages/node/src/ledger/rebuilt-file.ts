import type { DiskFile } from '../seams/index.ts'
import { StoreFault } from '../store/index.ts'

const BATCH_BYTES_MAX = 8 * 1024 * 1024
/** So much may wait to be written before whoever appends is to wait. */
const BEHIND_BYTES_MAX = 8 * 1024 * 1024

/**
 * A file of what can be made again from the journal. It is written without a sync and nothing in it is believed after the
 * start: what is appended is held against what an earlier run left at that place, and written from the first difference on.
 * Rule RCP-2.
 */
export class RebuiltFile {
  readonly path: string
  readonly #file: DiskFile
  /** What an earlier run left; of it what lies above `#written` is not known to be right. */
  #leftBytes: number
  #written = 0
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  #working: Promise<void> | undefined

  private constructor(path: string, file: DiskFile, leftBytes: number) {
    this.path = path
    this.#file = file
    this.#leftBytes = leftBytes
  }

  static async open(path: string, file: DiskFile): Promise<RebuiltFile> {
    return new RebuiltFile(path, file, await file.size())
  }

  /** Bytes that can be read. */
  get written(): number {
    return this.#written
  }

  /** Where the next appended byte will lie. */
  get end(): number {
    return this.#written + this.#queuedBytes
  }

  /** Adds bytes, which must not change any more. What the disk does not take now is tried again with what comes next. */
  append(bytes: Uint8Array): void {
    this.#queue.push(bytes)
    this.#queuedBytes += bytes.length
    this.#work().catch(() => undefined)
  }

  /** Resolves when little waits to be written. Rejects when the disk does not take it. */
  async keepUp(): Promise<void> {
    if (this.#queuedBytes > BEHIND_BYTES_MAX) await this.settle()
  }

  /** Resolves when nothing waits to be written. Rejects when the disk does not take it. */
  async settle(): Promise<void> {
    while (this.#queue.length > 0) await this.#work()
  }

  /** Bytes that have been written. They may have been changed since: whoever reads must know how to tell. */
  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = await this.#file.read(offset, length)
    if (bytes.length < length) throw this.damaged(offset + bytes.length, 'it has become shorter')
    return bytes
  }

  /** What is wrong with the file is repaired by starting the node again. */
  damaged(offset: number, what: string): StoreFault {
    return new StoreFault('damaged', this.path, `${what}; it is made anew when the node starts again`, { offset })
  }

  async close(): Promise<void> {
    await this.settle().catch(() => undefined)
    await this.#file.close()
  }

  #work(): Promise<void> {
    this.#working ??= this.#pump().finally(() => {
      this.#working = undefined
    })
    return this.#working
  }

  async #pump(): Promise<void> {
    // What is appended in the same turn is written with it.
    await Promise.resolve()
    while (this.#queue.length > 0) {
      let [count, bytes] = [0, 0]
      while (count < this.#queue.length && bytes < BATCH_BYTES_MAX) bytes += this.#queue[count++]?.length ?? 0
      const batch = this.#queue.slice(0, count)
      await this.#put(batch.length === 1 ? (batch[0] as Uint8Array) : Buffer.concat(batch))
      this.#queue.splice(0, count)
      this.#queuedBytes -= bytes
      this.#written += bytes
    }
  }

  async #put(bytes: Uint8Array): Promise<void> {
    if (this.#written < this.#leftBytes) {
      const left = await this.#file.read(this.#written, bytes.length)
      if (Buffer.compare(left, bytes) === 0) return
      await this.#file.truncate(this.#written)
      this.#leftBytes = 0
    }
    await this.#file.write(this.#written, bytes)
  }
}
