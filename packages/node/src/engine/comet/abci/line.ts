import { Worker } from 'node:worker_threads'
import { makeRoom } from './socket-file.ts'
import type { FromSocketThread, SocketThreadData, ToSocketThread } from './socket-thread.ts'

/** What one connection brings, in the order in which it happened. */
export interface LineListener {
  bytes(chunk: Uint8Array): void
  /** It takes answers again, after one for which {@link Line.isFull} was set. */
  drained(): void
  over(fault: Error | undefined): void
}

/** One connection of the socket, read and written by a thread of its own. */
export interface Line {
  /** Answers wait to be taken. */
  readonly isFull: boolean
  listener: LineListener
  /** The bytes are given away. */
  write(bytes: Uint8Array<ArrayBuffer>): void
  /** So many of the bytes it brought have been looked at. */
  taken(bytes: number): void
  destroy(): void
}

export interface LinesOptions {
  readonly aheadBytesMax: number
  onLine(line: Line): void
  onFailure(cause: Error): void
}

/** Part of what may be read ahead, after which the thread is told what has been looked at: rarely, but in time. */
const TOLD_PART = 1 / 8
const NOBODY: LineListener = { bytes: () => undefined, drained: () => undefined, over: () => undefined }

/**
 * A unix socket that only its owner may use, served by a thread. Takes the place of one whose server has died; rejects
 * where one is alive, where the path is something else, and where the kernel would cut it short. Rules ABCI-10 and ABCI-12.
 */
export class Lines {
  readonly #options: LinesOptions
  readonly #worker: Worker
  readonly #bound = new Int32Array(new SharedArrayBuffer(4))
  readonly #lines = new Map<number, ThreadLine>()
  readonly #ready = Promise.withResolvers<void>()
  readonly #listening = Promise.withResolvers<void>()
  readonly #closed = Promise.withResolvers<void>()
  #isListening = false

  private constructor(options: LinesOptions) {
    this.#options = options
    const workerData: SocketThreadData = { bound: this.#bound, aheadBytesMax: options.aheadBytesMax }
    this.#worker = new Worker(new URL('./socket-thread.ts', import.meta.url), { workerData })
    this.#worker.on('message', (message: FromSocketThread) => this.#take(message))
    this.#worker.on('error', (cause: Error) => this.#fail(cause))
    this.#worker.on('exit', () => this.#closed.resolve())
  }

  static async listen(path: string, options: LinesOptions): Promise<Lines> {
    await makeRoom(path)
    const lines = new Lines(options)
    await lines.#ready.promise
    try {
      await lines.#listenOn(path)
    } catch (cause) {
      await lines.#worker.terminate()
      throw cause
    }
    return lines
  }

  /** Drops every line; resolves once the socket file is gone. */
  async close(): Promise<void> {
    this.#order({ do: 'close' })
    await this.#closed.promise
  }

  async #listenOn(path: string): Promise<void> {
    // The mask is that of all threads: it is back before any of them can make another file.
    const mask = process.umask(0o177)
    this.#order({ do: 'listen', path })
    Atomics.wait(this.#bound, 0, 0)
    process.umask(mask)
    await this.#listening.promise
    this.#isListening = true
  }

  #take(message: FromSocketThread): void {
    if ('line' in message) return this.#takeOf(message)
    switch (message.is) {
      case 'ready':
        return this.#ready.resolve()
      case 'listening':
        return this.#listening.resolve()
      case 'closed':
        return this.#closed.resolve()
      case 'failed':
        return this.#fail(message.cause)
    }
  }

  #takeOf(message: Extract<FromSocketThread, { line: number }>): void {
    if (message.is === 'line') return this.#begin(message.line)
    const line = this.#lines.get(message.line)
    if (line === undefined) return
    switch (message.is) {
      case 'bytes':
        return line.listener.bytes(message.bytes)
      case 'full':
        line.isFull = true
        return
      case 'drained':
        line.isFull = false
        return line.listener.drained()
      case 'over':
        this.#lines.delete(message.line)
        return line.listener.over(message.fault)
    }
  }

  #begin(number: number): void {
    const line = new ThreadLine(number, this.#options.aheadBytesMax * TOLD_PART, (order, bytes) =>
      this.#order(order, bytes),
    )
    this.#lines.set(number, line)
    this.#options.onLine(line)
  }

  #order(order: ToSocketThread, given: ArrayBuffer[] = []): void {
    this.#worker.postMessage(order, given)
  }

  #fail(cause: Error): void {
    if (this.#isListening) return this.#options.onFailure(cause)
    this.#ready.reject(cause)
    this.#listening.reject(cause)
  }
}

class ThreadLine implements Line {
  readonly #number: number
  readonly #tellAfterBytes: number
  readonly #order: (order: ToSocketThread, given?: ArrayBuffer[]) => void
  #takenBytes = 0
  isFull = false
  listener = NOBODY

  constructor(number: number, tellAfterBytes: number, order: (order: ToSocketThread, given?: ArrayBuffer[]) => void) {
    this.#number = number
    this.#tellAfterBytes = tellAfterBytes
    this.#order = order
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#order({ do: 'write', line: this.#number, bytes }, [bytes.buffer])
  }

  taken(bytes: number): void {
    this.#takenBytes += bytes
    if (this.#takenBytes < this.#tellAfterBytes) return
    this.#order({ do: 'taken', line: this.#number, bytes: this.#takenBytes })
    this.#takenBytes = 0
  }

  destroy(): void {
    this.listener = NOBODY
    this.#order({ do: 'drop', line: this.#number })
  }
}
