import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { Client } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { SeededRandom } from '@dujiang/node/seams'
import { LOT_WH, TICK, orderOf } from '../market-session.ts'
import type { Acknowledged, AcknowledgedFile } from './acknowledged.ts'
import { receiptHash } from './chain.ts'
import type { Seller, Sitting } from './field.ts'
import type { NodeHost } from './node-host.ts'

const LIVE_MAX = 3
const PAUSE_MS_MAX = 20
/** One act in so many is content with a promise. */
const PROMISED_EVERY = 4
/** One act in so many comes after the gate, once there has been one. */
export const LATE_EVERY = 8

/** A client that goes wherever the node is now, and asks again, with the same bytes, until there is an answer. */
export function clientOf(host: NodeHost): Client {
  return new Client({
    nodes: ['http://node'],
    sha256: nodeCrypto.sha256,
    fetch: async (input, init) => {
      const { pathname, search } = new URL(input instanceof Request ? input.url : input)
      return fetch((await host.url) + pathname + search, init)
    },
    timing: {
      nowMs: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, PAUSE_MS_MAX))),
    },
  })
}

/** What all sellers have in common. */
export interface Bidding {
  readonly host: NodeHost
  readonly sittings: readonly Sitting[]
  readonly file: AcknowledgedFile
  readonly sent: Set<string>
  /** How often the answer was the receipt of an earlier try. */
  repeated: number
  inFlight: number
  ended: boolean
}

/** One seller submits, replaces and cancels, an act at a time, until the bidding has ended. */
export class Bidder {
  readonly #bidding: Bidding
  readonly #seller: Seller
  readonly #random: SeededRandom
  readonly #client: Client
  #made = 0
  /** Its orders that may be live, with their session. */
  #live: { readonly id: string; readonly session: string }[] = []

  constructor(bidding: Bidding, seller: Seller, random: SeededRandom) {
    this.#bidding = bidding
    this.#seller = seller
    this.#random = random
    this.#client = clientOf(bidding.host)
  }

  async run(): Promise<void> {
    while (!this.#bidding.ended) await this.#bid()
  }

  async #bid(): Promise<void> {
    this.#made += 1
    const bidding = this.#bidding
    const live = this.#live
    const session = this.#sitting()
    const target = live[this.#random.below(LIVE_MAX)]
    const act = this.#wanted(session, target)
    const bytes = this.#client.sign(this.#seller.identity, await this.#client.build(this.#seller.identity, act))
    const id = idOf(bytes)
    bidding.sent.add(id)
    bidding.inFlight += 1
    const told = await this.#send(bytes)
    bidding.inFlight -= 1
    if (told.id !== id) throw new Error(`asked about ${id}, told about ${told.id}`)
    await bidding.file.add(told)
    if (target !== undefined) this.#live = live.filter((order) => order !== target)
    if (act.act !== 'auction.order.cancel') this.#live.push({ id, session: target?.session ?? session })
  }

  #wanted(session: string, target: { readonly id: string; readonly session: string } | undefined) {
    const { unit } = this.#seller
    if (target !== undefined && this.#random.below(3) === 0) {
      const payload: Json = { session: target.session, unit, order: target.id }
      return { act: 'auction.order.cancel', payload }
    }
    const price = TICK * (10_000 + this.#random.below(20_000))
    const volumeWh = LOT_WH * (1 + this.#random.below(20))
    const order: { readonly [field: string]: Json } = orderOf(target?.session ?? session, unit, 'sell', [
      [price, volumeWh],
    ])
    return target === undefined
      ? { act: 'auction.order.submit', payload: order }
      : { act: 'auction.order.replace', payload: { ...order, order: target.id } }
  }

  async #send(bytes: Uint8Array): Promise<Acknowledged> {
    if (this.#made % PROMISED_EVERY === 0) {
      const answer = await this.#client.submitAccepted(bytes)
      if ('intake' in answer) {
        const { id, height, withinSeconds } = answer.intake
        return { kind: 'promised', id, height, withinSeconds }
      }
    }
    const { receipt, repeated } = await this.#client.submit(bytes)
    if (repeated === true) this.#bidding.repeated += 1
    const { id, height, index } = receipt
    return { kind: 'committed', id, height, index, receipt: receiptHash(receipt) }
  }

  /** One of the two sessions whose gates come next, or now and then the one whose gate came last. */
  #sitting(): string {
    const { sittings } = this.#bidding
    const next = sittings.findIndex(({ gateMs }) => gateMs > Date.now())
    const late = next > 0 && this.#made % LATE_EVERY === 1
    const at = late ? next - 1 : Math.min(next + this.#random.below(2), sittings.length - 1)
    return (sittings[at] as Sitting).session
  }
}

function idOf(bytes: Uint8Array): string {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  if (isInadmissible(envelope)) throw new Error(envelope.name)
  return envelope.id
}
