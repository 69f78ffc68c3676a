import type { ServerResponse } from 'node:http'
import type { Context } from './context.ts'
import { type Problem, problem } from './problem.ts'
import { ReceiptStream, type Sink } from './receipt-stream.ts'
import type { Viewer } from './viewer.ts'

/** The streams that are open, as many as the limits allow. */
export class Streams {
  readonly #context: Context
  readonly #open = new Set<ReceiptStream>()

  constructor(context: Context) {
    this.#context = context
  }

  get open(): number {
    return this.#open.size
  }

  /** Why there can be no further stream, if there cannot. */
  full(): Problem | undefined {
    const { streamsMax } = this.#context.limits
    if (this.#open.size < streamsMax) return undefined
    return { ...problem('tooManyStreams', { streamsMax, retryAfterSeconds: 10 }), retryAfterSeconds: 10 }
  }

  /** Sends the receipts after this index into a response, from now until either side ends it. */
  start(response: ServerResponse, viewer: Viewer, after: number, headers: { readonly [name: string]: string }): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    })
    const { clock, limits } = this.#context
    const sink: Sink = {
      write: (text) => response.write(text),
      end(text) {
        response.end(text)
        // Whoever does not even take in the goodbye is cut off.
        const cancel = clock.wakeAt(clock.nowMs() + limits.slowReaderMs, () => response.destroy())
        response.once('close', cancel)
      },
    }
    const stream = new ReceiptStream(this.#context, viewer, after, sink, () => this.#open.delete(stream))
    this.#open.add(stream)
    response.on('drain', () => stream.drained())
    response.on('error', () => stream.end())
    response.on('close', () => stream.end())
  }

  end(): void {
    for (const stream of this.#open) stream.end('closing')
  }
}
