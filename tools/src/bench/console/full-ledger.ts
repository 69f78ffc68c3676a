import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Session, dujiangMarket } from '@dujiang/market'
import { SimClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { exchange } from '@dujiang/testing/market-fixture'
import {
  type Bidder,
  benchGenesis,
  benchNotice,
  biddersOf,
  foundingActs,
  nodeKey,
  nodeValidator,
  signedAct,
} from '../crew.ts'
import { OrderBook } from '../orders.ts'

/** Who looks on: this organisation's units have replaced their orders more often than the others'. */
export const VIEWER = 'R0'
/** Cleared, with 24 periods each. */
const PAST = ['DAY1', 'DAY2', 'DAY3', 'DAY4'] as const
/** Cleared at a negative price; 12,000 steps in each period. */
export const DEEP = 'DEEP'
/** Takes orders. */
export const OPEN = 'OPEN'
export const LAST = 'DAY4'

const ROUNDS = 24
const OWN_ROUNDS = 1_250
const CHUNK = 2_000
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LIFETIME_MS = DAY_MS
const LOT_WH = 1_000_000
const LIMIT_WH = 100 * LOT_WH
const INVITED_MAX = 50

/** What a folder says of the ledger in it. */
export interface FullLedger {
  readonly orders: number
  /** The gate of the session that takes orders: the folder is of use until then. */
  readonly untilMs: number
}

/** The ledger of a folder, founded when there is none that is still of use: 100,000 orders of 800 units in six sessions. */
export async function fullLedger(dir: string, say: (line: string) => void): Promise<FullLedger> {
  const said = join(dir, 'full.json')
  if (existsSync(said)) {
    const found = JSON.parse(readFileSync(said, 'utf8')) as FullLedger
    if (found.untilMs > Date.now() + HOUR_MS) return found
  }
  rmSync(join(dir, 'data'), { recursive: true, force: true })
  const founding = new Founding(Date.now())
  const ledger = await founding.run(dir, say)
  writeFileSync(said, JSON.stringify(ledger))
  return ledger
}

/** Five days of a market in a minute: the clock is moved, the disk and the signatures are real. */
class Founding {
  readonly #nowMs: number
  readonly #clock: SimClock
  readonly #startMs: number
  /** Neighbours belong to different organisations, and organisations keep to one side. */
  readonly #bidders: readonly Bidder[] = biddersOf('ed25519').map((bidder) => {
    return { ...bidder, side: Number(bidder.person.org.slice(1)) % 2 === 0 ? 'sell' : 'buy' }
  })
  #node!: LedgerNode
  #sequence = 1_000_000
  #orders = 0
  #targetMs: number
  #ended = false

  constructor(nowMs: number) {
    this.#nowMs = nowMs
    this.#startMs = nowMs - 5 * DAY_MS
    this.#targetMs = this.#startMs
    this.#clock = new SimClock(this.#startMs)
  }

  async run(dir: string, say: (line: string) => void): Promise<FullLedger> {
    const genesisBytes = benchGenesis(this.#startMs - 1_000)
    writeFileSync(join(dir, 'genesis.json'), genesisBytes)
    const { signal, moved } = this.#move()
    this.#node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes,
      dataDir: join(dir, 'data'),
      disk: realDisk,
      clock: this.#clock,
      validator: nodeValidator,
      nodeKey,
    })
    try {
      const [people = [], units = [], [sequence] = []] = foundingActs(this.#node.chain, this.#bidders, this.#startMs)
      for (const acts of [people, units, [sequence as Uint8Array]]) await this.#send(acts)
      for (const [at, session] of PAST.entries()) {
        await this.#hold(session, this.#startMs + at * DAY_MS, {}, () => this.#days(session))
        say(`${this.#orders} orders, ${session} has cleared`)
      }
      const deep = { periods: 2, stepsMax: 15, priceFloor: -5_000_000 }
      await this.#hold(DEEP, this.#startMs + 4 * DAY_MS, deep, () => this.#deepOrders())
      const gateMs = this.#nowMs + 20 * HOUR_MS
      await this.#announce(OPEN, this.#nowMs - 2 * HOUR_MS, { stepsMax: 5, gateMs })
      await this.#place(this.#bidders.map((bidder) => this.#book(bidder, OPEN).next()))
      say(`${this.#orders} orders, ${OPEN} is open`)
      return { orders: this.#orders, untilMs: gateMs }
    } finally {
      await this.#node.close()
      signal()
      await moved
    }
  }

  /** Time goes on by itself while the node works, and at once to wherever it is sent. */
  #move(): { readonly signal: () => void; readonly moved: Promise<void> } {
    const move = async (): Promise<void> => {
      while (!this.#ended) {
        await this.#clock.advanceTo(Math.max(this.#clock.nowMs() + 2, this.#targetMs))
        await sleep(2)
      }
    }
    return { signal: () => (this.#ended = true), moved: move() }
  }

  async #until(ms: number): Promise<void> {
    this.#targetMs = Math.max(this.#targetMs, ms)
    while (this.#clock.nowMs() < ms) await sleep(2)
  }

  /** A session from its notice to its result. */
  async #hold(session: string, fromMs: number, over: object, bid: () => Promise<void>): Promise<void> {
    const opensMs = fromMs + HOUR_MS
    const gateMs = opensMs + 12 * HOUR_MS
    await this.#announce(session, opensMs, { ...over, gateMs })
    await bid()
    await this.#until(gateMs)
    while (this.#statusOf(session) === 'announced') await sleep(2)
  }

  #statusOf(session: string): Session['status'] | undefined {
    return (this.#node.view().get(`auction/session/${session}`) as Session | undefined)?.status
  }

  async #announce(session: string, opensMs: number, over: object): Promise<void> {
    await this.#until(opensMs - HOUR_MS / 2)
    const notice = benchNotice(session, opensMs, { ...over })
    const limitWh = Array<number>(notice.periods).fill(LIMIT_WH)
    const parts = Math.ceil(this.#bidders.length / INVITED_MAX)
    await this.#send([
      this.#act('auction.session.announce', notice),
      ...Array.from({ length: parts }, (_, at) => {
        const some = this.#bidders.slice(at * INVITED_MAX, (at + 1) * INVITED_MAX)
        return this.#act('auction.session.invite', { session, units: some.map(({ unit }) => ({ unit, limitWh })) })
      }),
    ])
    await this.#until(opensMs + 1_000)
  }

  /** Every unit replaces its order again and again, the viewer's units more often. */
  async #days(session: string): Promise<void> {
    const books = this.#bidders.map((bidder) => this.#book(bidder, session))
    const own = books.filter((_, at) => this.#bidders[at]?.person.org === VIEWER)
    for (let round = 0, rounds = 0; round < ROUNDS; round++) {
      const acts = books.map((book) => book.next())
      for (; rounds < ((round + 1) * OWN_ROUNDS) / ROUNDS; rounds++) acts.push(...own.map((book) => book.next()))
      await this.#place(acts)
    }
  }

  #book(bidder: Bidder, session: string): OrderBook {
    return new OrderBook(this.#node.chain, bidder, this.#clock.nowMs(), session)
  }

  /** Three orders of five steps of each unit in both periods; most is offered below zero. */
  async #deepOrders(): Promise<void> {
    const acts = this.#bidders.flatMap((bidder, place) =>
      [1, 2, 3].map((sequence) => this.#deepOrder(bidder, place, sequence)),
    )
    await this.#place(acts)
  }

  #deepOrder({ unit, person, side = 'sell' }: Bidder, place: number, sequence: number): Uint8Array {
    const sells = side === 'sell'
    const base = (period: number): number => (place * 7_919 + sequence * 104_729 + period * 31) % 5_000
    const priceOf = (step: number, period: number): number =>
      sells ? -4_900_000 + (base(period) + step * 400) * 1_000 : -2_000_000 + (base(period) - step * 400) * 500
    const prices = [0, 1, 2, 3, 4].map((step) => [1, 2].map((period) => toTick(priceOf(step, period))))
    const volumesWh = prices.map((row, step) => row.map(() => LOT_WH * (1 + ((place + step) % 6))))
    const payload = { session: DEEP, unit, side, periods: [1, 2], prices, volumesWh } as unknown as Json
    const expires = this.#clock.nowMs() + LIFETIME_MS
    return signedAct(this.#node.chain, person, { act: 'auction.order.submit', payload, sequence, expires })
  }

  #act(act: string, payload: unknown): Uint8Array {
    const expires = this.#clock.nowMs() + LIFETIME_MS
    return signedAct(this.#node.chain, exchange, {
      act,
      payload: payload as Json,
      sequence: ++this.#sequence,
      expires,
    })
  }

  async #place(orders: readonly Uint8Array[]): Promise<void> {
    await this.#send(orders)
    this.#orders += orders.length
  }

  async #send(acts: readonly Uint8Array[]): Promise<void> {
    for (let from = 0; from < acts.length; from += CHUNK) {
      for (const outcome of await this.#node.submitMany(acts.slice(from, from + CHUNK))) {
        const taken = outcome.kind === 'committed' && outcome.stored.receipt.code === 0
        if (!taken) throw new Error(`not accepted: ${JSON.stringify(outcome).slice(0, 500)}`)
      }
    }
  }
}

const toTick = (price: number): number => Math.floor(price / 1_000) * 1_000
