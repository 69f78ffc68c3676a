import { idOf, signBody } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Bidder, bodyOf, offerOf } from './crew.ts'

const LIFETIME_MS = 24 * 3_600_000

/** A unit's orders, each in the place of the one before: only the first is a submission. */
export class OrderBook {
  readonly #chain: string
  readonly #bidder: Bidder
  readonly #expires: number
  readonly #session: string | undefined
  #round = 0
  #last: string | undefined

  constructor(chain: string, bidder: Bidder, nowMs: number, session?: string) {
    this.#chain = chain
    this.#session = session
    this.#bidder = bidder
    this.#expires = nowMs + LIFETIME_MS
  }

  /** The transaction's bytes of its next order. */
  next(expires = this.#expires): Uint8Array {
    const { unit, person, side = 'sell' } = this.#bidder
    this.#round += 1
    const offer = offerOf(unit, this.#round, this.#session)
    const replaced = this.#last === undefined ? {} : { order: this.#last }
    const body = bodyOf(this.#chain, person, {
      act: this.#last === undefined ? 'auction.order.submit' : 'auction.order.replace',
      payload: { ...offer, ...replaced, side } as unknown as Json,
      sequence: this.#round,
      expires,
    })
    this.#last = idOf(nodeCrypto.sha256, body)
    return signBody(person.signer, body)
  }
}

/** One order of each bidder, then one more of each, `rounds` times. */
export function signRounds(chain: string, bidders: readonly Bidder[], rounds: number, nowMs: number): Uint8Array[][] {
  const books = bidders.map((bidder) => new OrderBook(chain, bidder, nowMs))
  return Array.from({ length: rounds }, () => books.map((book) => book.next()))
}
