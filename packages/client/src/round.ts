import { Refused } from './errors.ts'
import type { Request, Transport } from './transport.ts'

/**
 * The nodes as one request asks them, one after the other: each request by itself, since those under way at the same time
 * fail at the same node, and one that turned for all would turn the others back to it. Rule CLIENT-2.
 */
export class Round {
  readonly #transport: Transport
  #at: number
  #asked = 0

  constructor(transport: Transport, at: number) {
    this.#transport = transport
    this.#at = at
  }

  /** The place of the node that is asked now. */
  get at(): number {
    return this.#at
  }

  /** Has each node been asked, the one of now included? */
  get isWhole(): boolean {
    return this.#asked + 1 >= this.#transport.size
  }

  /** One request to one node. Throws as {@link Transport.once}. */
  once(request: Request): Promise<Response> {
    return this.#transport.once(request, this.#at)
  }

  /** Turns to the next node for the sake of this request alone: the one of now answers others. */
  pass(): void {
    this.#at = (this.#at + 1) % this.#transport.size
    this.#asked += 1
  }

  /** Turns to the next node; requests that begin from now on do not begin with this one either. */
  turn(): void {
    this.#at = this.#transport.after(this.#at)
    this.#asked += 1
  }

  /** Turns to the next node; once all have been asked in vain, waits first, as long as the last one asked for. */
  async pause(error: unknown, signal?: AbortSignal): Promise<void> {
    this.turn()
    signal?.throwIfAborted()
    const { size, timing } = this.#transport
    if (this.#asked % size !== 0) return
    const asked = error instanceof Refused ? error.retryAfterSeconds : undefined
    const backoffMs = Math.min(100 * 2 ** (this.#asked / size - 1), 5_000)
    await timing.sleep(asked === undefined ? backoffMs : asked * 1_000, signal)
    signal?.throwIfAborted()
  }
}
