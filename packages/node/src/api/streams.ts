import type { ServerResponse } from 'node:http'
import type { Context } from './context.ts'
import { type Problem, problem } from './problem.ts'
import { type Course, ReceiptStream, type Sink } from './receipt-stream.ts'
import { Shares } from './shares.ts'
import type { Viewer } from './viewer.ts'

export interface Listener {
  readonly course: Course
  readonly headers: { readonly [name: string]: string }
}

/** The streams that are open, as many as the limits allow. */
export class Streams {
  readonly #context: Context
  readonly #open = new Set<ReceiptStream>()
  readonly #ofAddress: Shares
  #taken = 0
  #anonymous = 0

  constructor(context: Context) {
    this.#context = context
    this.#ofAddress = new Shares(context.limits.streamsPerAddressMax)
  }

  /** Takes a place and gives how to give it back, or why there is none. Rule API-18. */
  take(viewer: Viewer, address: string): (() => void) | Problem {
    const { streamsMax, streamsSignedMin, streamsPerAddressMax } = this.#context.limits
    const isAnonymous = viewer.org === undefined
    const anonymousMax = Math.max(0, streamsMax - streamsSignedMin)
    if (this.#taken >= streamsMax) return tooMany(streamsMax)
    if (isAnonymous && this.#anonymous >= anonymousMax) return tooMany(anonymousMax)
    const ofAddress = this.#ofAddress.take(address)
    if (ofAddress === undefined) return tooMany(streamsPerAddressMax)
    this.#taken += 1
    if (isAnonymous) this.#anonymous += 1
    return () => {
      ofAddress()
      this.#taken -= 1
      if (isAnonymous) this.#anonymous -= 1
    }
  }

  /** Sends the receipts after this index into a response, from now until either side ends it; then gives the place back. */
  start(response: ServerResponse, { course, headers, giveBack }: Listener & { readonly giveBack: () => void }): void {
    response.writeHead(200, {
      ...headers,
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
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
    const stream = new ReceiptStream(this.#context, course, sink, () => {
      this.#open.delete(stream)
      giveBack()
    })
    this.#open.add(stream)
    response.on('drain', () => stream.drained())
    response.on('error', () => stream.end())
    response.on('close', () => stream.end())
  }

  end(): void {
    for (const stream of this.#open) stream.end('closing')
  }
}

function tooMany(streamsMax: number): Problem {
  return { ...problem('tooManyStreams', { streamsMax, retryAfterSeconds: 10 }), retryAfterSeconds: 10 }
}
