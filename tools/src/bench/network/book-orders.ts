import type { Bidder } from '../crew.ts'
import { OrderBook } from '../orders.ts'

/** The orders of a unit for one book, in their order: those signed ahead first, then each as it is asked for. */
export class BookOrders {
  readonly #book: OrderBook
  readonly #lifetimeMs: number
  readonly #ahead: Uint8Array[] = []
  #taken = 0

  constructor(chain: string, bidder: Bidder, session: string, lifetimeMs: number) {
    this.#book = new OrderBook(chain, bidder, 0, session)
    this.#lifetimeMs = lifetimeMs
  }

  /** Sees to it that so many are signed and not taken yet. */
  sign(count: number): void {
    this.#ahead.splice(0, this.#taken)
    this.#taken = 0
    while (this.#ahead.length < count) this.#ahead.push(this.#next())
  }

  take(): Uint8Array {
    const ready = this.#ahead[this.#taken]
    if (ready === undefined) return this.#next()
    this.#taken += 1
    return ready
  }

  #next(): Uint8Array {
    return this.#book.next(Date.now() + this.#lifetimeMs)
  }
}
