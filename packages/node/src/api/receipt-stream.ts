import type { Clock } from '../seams/index.ts'
import type { Context } from './context.ts'
import { isProblem } from './problem.ts'
import { type Viewer, liveKey } from './viewer.ts'
import { type Wish, wished } from './wish.ts'

/** Where a stream goes: a socket, or a test. */
export interface Sink {
  /** False when the reader has not yet taken in what was written before: wait for a drain. */
  write(text: string): boolean
  /** Ends after what is written; cuts off when the reader does not take even that. */
  end(text: string): void
}

/** What a stream sends: what this viewer may see of what it wishes for, after this index. */
export interface Course {
  readonly viewer: Viewer
  readonly after: number
  readonly wish: Wish
}

export type EndReason = 'slowReader' | 'closing' | 'keyNotLive'

const BATCH = 100

/**
 * Receipts in the order of their index as server-sent events; the event's id is the index. It reads from the log of
 * receipts as fast as its reader takes in and keeps nothing of its own, so a slow reader costs a place, not memory.
 */
export class ReceiptStream {
  readonly #context: Context
  readonly #course: Course
  readonly #sink: Sink
  #next: number
  #pumping = false
  /** Something may have been committed since the log was last looked at. */
  #behind = false
  #blocked = false
  #ended = false
  #cancelTimer: () => void = () => {}
  readonly #cancelListener: () => void
  readonly #onEnd: () => void

  constructor(context: Context, course: Course, sink: Sink, onEnd: () => void) {
    const { after } = course
    this.#context = context
    this.#course = course
    this.#sink = sink
    this.#next = after + 1
    this.#onEnd = onEnd
    this.#cancelListener = context.node.onCommit(() => this.#wake())
    this.#write(`retry: 1000\n: receipts after ${after}\n\n`)
    this.#wake()
  }

  /** The reader has taken in what was written. */
  drained(): void {
    if (this.#ended || !this.#blocked) return
    this.#blocked = false
    this.#rest()
    this.#wake()
  }

  end(reason?: EndReason): void {
    if (this.#ended) return
    this.#ended = true
    this.#cancelTimer()
    this.#cancelListener()
    if (reason !== undefined) this.#sink.end(`event: end\ndata: {"reason":"${reason}"}\n\n`)
    this.#onEnd()
  }

  #wake(): void {
    this.#behind = true
    if (!this.#pumping) void this.#pump()
  }

  async #pump(): Promise<void> {
    this.#pumping = true
    try {
      while (this.#behind && !this.#ended && !this.#blocked) {
        this.#behind = false
        const text = await this.#batch()
        if (text === '' || this.#ended) continue
        this.#behind = true
        this.#tell(text)
      }
    } catch {
      this.end('closing')
    } finally {
      this.#pumping = false
    }
  }

  async #batch(): Promise<string> {
    const { node } = this.#context
    const { provable } = node.status()
    const { viewer, wish } = this.#course
    let text = ''
    let told = this.#next - 1
    for (const stored of await node.receipts(this.#next, this.#next + BATCH)) {
      const shown = await wished(this.#context, viewer, wish, stored, provable)
      if (shown !== undefined) {
        told = this.#next
        text += `id: ${told}\nevent: receipt\ndata: ${shown}\n\n`
      }
      this.#next++
    }
    // Without data it is no event, and moves on where the reader resumes: else it would come back to what it does not want.
    return told === this.#next - 1 ? text : `${text}id: ${this.#next - 1}\n\n`
  }

  /** To whoever may still look: a key may have been revoked, or have run out, since the stream was asked for. Rule API-35. */
  #tell(text: string): void {
    if (this.#isKeyLive()) this.#write(text)
    else this.end('keyNotLive')
  }

  #isKeyLive(): boolean {
    const { doors, node, clock } = this.#context
    const { org, key } = this.#course.viewer
    if (org === undefined || key === undefined) return true
    return !isProblem(liveKey({ doors, view: () => node.view(), nowMs: () => clock.nowMs() }, org, key))
  }

  #write(text: string): void {
    this.#blocked = !this.#sink.write(text)
    this.#rest()
  }

  /** Sets what happens when nothing else does: a heartbeat, or the end of a reader that takes nothing in. */
  #rest(): void {
    this.#cancelTimer()
    const { heartbeatMs, slowReaderMs } = this.#context.limits
    const blocked = this.#blocked
    this.#cancelTimer = this.#in(blocked ? slowReaderMs : heartbeatMs, () =>
      blocked ? this.end('slowReader') : this.#tell(': still here\n\n'),
    )
  }

  #in(ms: number, fn: () => void): ReturnType<Clock['wakeAt']> {
    const { clock } = this.#context
    return clock.wakeAt(clock.nowMs() + ms, fn)
  }
}
