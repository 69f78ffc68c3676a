import assert from 'node:assert/strict'
import { Ledger, NO_COMMIT } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import {
  type Notice,
  type OrderPayload,
  PRICE_RULES,
  type Session,
  bulletins,
  preparedChanges,
  sessions,
} from '@dujiang/market'
import { type Outcome, type Person, TestMarket, dispatcher, exchange, exchangeOther } from '../market-fixture.ts'
import { type Bidder, LOT_WH, bidder, noticeOf } from '../market-session.ts'
import { BookModel } from './book-model.ts'
import { Random } from './random.ts'
import type { SimReport } from './report.ts'
import { spoil } from './spoil.ts'

export { REFUSALS_EXPECTED } from './report.ts'

export const repeatCommand = (seed: number, steps: number): string =>
  `node testing/src/sim/market-sim.ts --seed ${seed} --steps ${steps}`

type Sent = {
  readonly bytes: Uint8Array
  readonly kind: 'submit' | 'replace' | 'cancel' | 'other'
  readonly session: string
  readonly order?: OrderPayload & { readonly order?: string }
}

/**
 * Random organisations trade through random sessions for `steps` blocks. After every block the laws have been checked by
 * the ledger itself and a twin agrees; every session that clears is compared with a book kept here; in the middle and at
 * the end a node that starts from genesis arrives at the same state. Throws with the command that repeats it.
 */
export function simulateMarket(seed: number, steps: number): SimReport {
  try {
    return new MarketSim(seed).run(steps)
  } catch (cause) {
    throw new Error(`the simulation of seed ${seed} failed; repeat it with: ${repeatCommand(seed, steps)}`, { cause })
  }
}

const STANDSTILL_MS = 10_000
/** In markets of odd seeds a standstill moves a gate; in those of even ones none does, as on one machine. */
const rulesOf = (seed: number) => ({
  liveStepsMax: 13,
  actsPerMinuteMax: 24,
  gateStandstillMs: seed % 2 === 0 ? 0 : STANDSTILL_MS,
  gateExtensionMs: 60_000,
})

class MarketSim {
  readonly #seed: number
  readonly #random: Random
  readonly #market: TestMarket
  readonly #twin: Ledger
  readonly #bidders: Bidder[] = []
  readonly #books = new Map<string, BookModel>()
  readonly #open: string[] = []
  readonly #cleared: string[] = []
  readonly #voided: string[] = []
  readonly #orders: { readonly by: Bidder; readonly session: string; readonly unit: string; readonly id: string }[] = []
  readonly #refusals = new Map<string, number>()
  #last: Sent | undefined
  #acts = 0
  #traded = 0
  #postponed = 0
  #moved = 0

  constructor(seed: number) {
    this.#seed = seed
    this.#random = new Random(seed)
    this.#market = new TestMarket({ rules: rulesOf(seed) })
    const market = this.#market
    for (const [org, side] of [
      ...[1, 2, 3].map((n) => [`G${n}`, 'sell'] as const),
      ...[1, 2, 3].map((n) => [`U${n}`, 'buy'] as const),
      ...[1, 2].map((n) => [`R${n}`, 'both'] as const),
    ]) {
      this.#bidders.push(bidder(market, org, side))
      market.block([], market.nowMs + 60_000)
    }
    for (const org of ['R1', 'R2']) {
      market.must(exchange, 'members.unit.register', { unit: `${org}.2`, name: org, org, side: 'both' })
      const first = this.#bidders.find((each) => each.org === org) as Bidder
      this.#bidders.push({ ...first, unit: `${org}.2` })
    }
    const plant = { plant: 'G1.N', name: '国调', org: 'G1', fuel: 'hydro', capacityW: 1, levelAssumed: false }
    market.must(dispatcher, 'members.plant.register', { ...plant, dispatchLevel: 'national' })
    const unit = { unit: 'G1.N', name: '国调', org: 'G1', side: 'sell', plant: 'G1.N' }
    market.must(exchange, 'members.unit.register', unit)
    this.#bidders.push({ ...(this.#bidders[0] as Bidder), unit: 'G1.N' })
    market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
    this.#twin = market.twin()
  }

  run(steps: number): SimReport {
    for (let step = 1; step <= steps; step++) {
      this.#step(step)
      if (step === Math.floor(steps / 2)) this.#restart()
    }
    this.#restart()
    const view = this.#market.ledger.view()
    const published = this.#cleared.filter((id) => sessions.get(view, id)?.status === 'published').length
    return {
      seed: this.#seed,
      steps,
      acts: this.#acts,
      cleared: this.#cleared.length,
      traded: this.#traded,
      published,
      postponed: this.#postponed,
      voided: this.#voided.length,
      moved: this.#moved,
      refusals: this.#refusals,
      appHash: toHex(this.#market.ledger.tip.appHash),
    }
  }

  #step(step: number): void {
    if (this.#open.length < 2) this.#announce(`S${step}`)
    // Neither this one nor another was let in: the next step tries again.
    if (this.#open.length === 0) return
    const timeMs = this.#nextTime()
    const hasty = this.#random.oneIn(40) ? this.#random.pick(this.#bidders) : undefined
    const sent =
      hasty === undefined
        ? Array.from({ length: this.#random.below(7) }, () => this.#someAct())
        : Array.from({ length: 30 }, () => this.#placing(false, hasty))
    if (this.#random.oneIn(2)) sent.push(this.#changing())
    const gates = new Map(this.#open.map((session) => [session, this.#session(session)?.gateMs]))
    const outcomes = this.#market.block(
      sent.map(({ bytes }) => bytes),
      timeMs,
    )
    this.#countMoves(gates, outcomes)
    this.#follow()
    const order = sent.map((each, at) => [each, outcomes[at] as Outcome] as const)
    order.sort(([, a], [, b]) => (a.index ?? 0) - (b.index ?? 0))
    for (const [each, outcome] of order) this.#note(each, outcome)
    const ended = this.#open.filter((session) => this.#session(session)?.status !== 'announced')
    for (const session of ended) this.#checkEnded(session)
  }

  /** The twin executes the newest blocks from their bytes alone. */
  #follow(): void {
    for (const { txs, timeMs } of this.#market.blocks.slice(this.#twin.tip.height)) {
      this.#twin.commit(this.#twin.decide(txs, timeMs, new Uint8Array(20)), NO_COMMIT)
    }
    assert.equal(toHex(this.#twin.tip.appHash), toHex(this.#market.ledger.tip.appHash), 'the twin disagrees')
  }

  #restart(): void {
    const { tip } = this.#market.twin()
    assert.equal(toHex(tip.appHash), toHex(this.#market.ledger.tip.appHash), 'a restarted node disagrees')
  }

  #announce(session: string): void {
    const market = this.#market
    const opensMs = market.nowMs + 5_000
    const random = this.#random
    const priceRule = random.pick(PRICE_RULES)
    const choice = {
      periods: random.between(1, 4),
      tieRule: random.pick(['pro_rata', 'time']),
      priceRule,
      ...(priceRule === 'k' ? { kPpm: random.between(0, 1_000_000) } : {}),
      opensMs,
      gateMs: opensMs + random.between(30, 120) * 1_000,
    }
    const all = this.#bidders.slice(random.below(2)).map(({ unit }) => ({
      unit,
      limitWh: Array.from({ length: choice.periods }, () => random.between(2, 12) * LOT_WH),
    }))
    const provincial = all.filter(({ unit }) => unit !== 'G1.N')
    const acts = [
      market.act(exchange, 'auction.session.announce', noticeOf(market, session, choice)),
      ...[all, provincial].map((units) => market.act(exchange, 'auction.session.invite', { session, units })),
    ]
    for (const { refusal } of market.block(acts)) {
      if (refusal === 'overQuota') market.block([], market.nowMs + 60_000)
      if (refusal !== undefined) this.#count(refusal)
    }
    if (sessions.get(market.ledger.view(), session) === undefined) return
    this.#books.set(session, new BookModel())
    this.#open.push(session)
  }

  /** A few seconds on, and now and then exactly to a gate, the millisecond before, or past it after a standstill. */
  #nextTime(): number {
    const now = this.#market.nowMs
    const random = this.#random
    const session = random.pick(this.#open)
    const gateMs = session === undefined ? 0 : (this.#session(session)?.gateMs ?? 0)
    // The chain stands still across a gate.
    if (random.oneIn(30) && gateMs > now && gateMs - now < 20_000) return Math.max(gateMs, now + STANDSTILL_MS + 1)
    if (random.oneIn(8) && gateMs - 1 > now && gateMs - now < 40_000) return gateMs - random.below(2)
    return now + random.between(1, 6_000)
  }

  #someAct(): Sent {
    const random = this.#random
    const choice = random.below(20)
    if (choice < 11) return this.#placing(random.oneIn(5))
    if (choice < 13) return this.#cancelling()
    if (choice < 18) return this.#afterGate()
    if (choice === 18 && this.#last !== undefined) return this.#last
    const by: Person = random.oneIn(2) ? exchange : random.pick(this.#bidders)
    const payload = { sequence: `Q${random.below(1_000)}`, name: 'Q' }
    const over = random.oneIn(3) ? { key: 'ab'.repeat(16) } : random.oneIn(2) ? { sequence: 1 } : {}
    return { bytes: this.#market.act(by, 'auction.sequence.open', payload, over), kind: 'other', session: '' }
  }

  #placing(replacing: boolean, by = this.#random.pick(this.#bidders)): Sent {
    const random = this.#random
    const session = random.oneIn(12)
      ? random.pick(['NONE', ...this.#cleared, ...this.#voided])
      : random.pick(this.#open)
    const unit = random.oneIn(20) ? random.pick(this.#bidders).unit : by.unit
    const offered = this.#offer(by, session, unit)
    if (!replacing) return this.#sent(by, 'submit', session, offered)
    const known = random.pick(this.#orders.filter((each) => each.unit === unit && each.session === session))
    return this.#sent(by, 'replace', session, { ...offered, order: known?.id ?? 'ab'.repeat(32) })
  }

  /** An order that mostly holds together, with a mistake now and then. */
  #offer(by: Bidder, session: string, unit: string): OrderPayload {
    const random = this.#random
    const periods = this.#session(session)?.periods ?? 1
    const listed = Array.from({ length: random.between(1, periods) }, (_, at) => at + 1)
    if (random.oneIn(25)) listed.push(random.between(1, 5))
    const side = by.org.startsWith('G')
      ? 'sell'
      : by.org.startsWith('U')
        ? 'buy'
        : random.pick(['sell', 'buy'] as const)
    const steps = random.oneIn(8) ? 4 : random.between(1, 2)
    const sign = side === 'sell' ? 1 : -1
    const first = listed.map(() => random.between(-2, 8) + (side === 'buy' ? 4 : 0))
    const prices = Array.from({ length: steps }, (_, step) => first.map((price) => (price + sign * step) * 1_000_000))
    const volumesWh = prices.map((row) => row.map(() => random.between(1, 4) * LOT_WH))
    if (random.oneIn(4)) spoil(random, prices, volumesWh)
    const said = random.oneIn(20) ? (side === 'sell' ? 'buy' : 'sell') : side
    return { session, unit, side: said, periods: listed, prices, volumesWh }
  }

  #cancelling(): Sent {
    const known = this.#random.pick(this.#orders)
    if (known === undefined) return this.#placing(false)
    const { by, session, unit, id } = known
    const payload = { session, unit, order: id }
    const bytes = this.#market.act(by, 'auction.order.cancel', payload)
    return { bytes, kind: 'cancel', session, order: payload as never }
  }

  /** Check, bulletin and approval of some session, in any order and by anyone who might. */
  #afterGate(): Sent {
    const random = this.#random
    const waiting = this.#cleared.filter((id) => ['cleared', 'checked'].includes(this.#session(id)?.status ?? ''))
    const session = random.pick(waiting.length === 0 || random.oneIn(8) ? this.#open : waiting)
    const result = random.oneIn(8) ? 'ab'.repeat(32) : (this.#session(session)?.result ?? 'cd'.repeat(32))
    const by = random.pick([exchange, exchange, exchangeOther])
    const fitting = this.#session(session)?.status === 'checked' ? ['prepare', 'approve'] : ['check']
    const act = random.pick(random.oneIn(3) ? ['check', 'prepare', 'approve'] : fitting)
    const bytes =
      act === 'check'
        ? this.#market.act(dispatcher, 'auction.check.pass', { session, result, remark: '' })
        : act === 'prepare'
          ? this.#market.act(by, 'auction.bulletin.prepare', { session, result, number: '1', text: '公告' })
          : this.#market.act(by, 'auction.bulletin.approve', { session, result, bulletin: this.#bulletin(session) })
    return { bytes, kind: 'other', session }
  }

  /** Some session is postponed or voided, in two steps, by anyone who might. */
  #changing(): Sent {
    const random = this.#random
    const sessionsKnown = random.oneIn(3) ? [...this.#cleared, ...this.#voided] : this.#open
    const session = random.pick(sessionsKnown.length === 0 ? this.#open : sessionsKnown)
    const by = random.pick([exchange, exchangeOther])
    const prepared = preparedChanges.get(this.#market.ledger.view(), session)
    const row = this.#session(session)
    if (row === undefined || (prepared === undefined ? random.oneIn(5) : !random.oneIn(4))) {
      const change = prepared === undefined || random.oneIn(6) ? 'ab'.repeat(32) : prepared.digest
      return { bytes: this.#market.act(by, 'auction.change.approve', { session, change }), kind: 'other', session }
    }
    const { deliveryFrom, deliveryTo } = row
    const moved = random.oneIn(4) ? 1_000 : 0
    const times = { opensMs: row.opensMs + moved, gateMs: row.gateMs + random.between(-10, 14) * 1_000 }
    const change = random.oneIn(4) ? { kind: 'void' } : { kind: 'postpone', ...times, deliveryFrom, deliveryTo }
    const payload = { session, change, reason: '检修' }
    return { bytes: this.#market.act(by, 'auction.change.prepare', payload), kind: 'other', session }
  }

  #sent(by: Bidder, kind: 'submit' | 'replace', session: string, order: Sent['order']): Sent {
    const bytes = this.#market.act(by, `auction.order.${kind}`, order)
    return { bytes, kind, session, ...(order === undefined ? {} : { order }) }
  }

  #note(sent: Sent, outcome: Outcome): void {
    this.#acts++
    this.#last = this.#random.oneIn(2) ? sent : this.#last
    const { refusal, id, index } = outcome
    if (refusal !== undefined) {
      this.#count(refusal)
      return
    }
    const book = this.#books.get(sent.session)
    const { order } = sent
    if (sent.kind === 'other' || book === undefined || order === undefined || id === undefined || index === undefined)
      return
    if (sent.kind === 'cancel') return book.cancel(order.order as string)
    book.place(id, index, order, order.order)
    const by = this.#bidders.find(({ unit }) => unit === order.unit) as Bidder
    this.#orders.push({ by, session: sent.session, unit: order.unit, id })
  }

  /** A gate is another than before the block because its session was postponed, or because the chain stood still. */
  #countMoves(before: ReadonlyMap<string, number | undefined>, outcomes: readonly Outcome[]): void {
    const said = outcomes.flatMap(({ events }) => events).filter(({ name }) => name === 'sessionPostponed')
    this.#postponed += said.length
    const postponed = new Set(said.map(({ data }) => data['session']))
    for (const [session, gateMs] of before) {
      if (this.#session(session)?.gateMs !== gateMs && !postponed.has(session)) this.#moved++
    }
  }

  #count(refusal: string): void {
    this.#refusals.set(refusal, (this.#refusals.get(refusal) ?? 0) + 1)
  }

  #checkEnded(session: string): void {
    this.#open.splice(this.#open.indexOf(session), 1)
    const row = this.#session(session)
    const view = this.#market.ledger.view()
    if (row?.result === undefined) {
      this.#voided.push(session)
      const left = ['book', 'stance', 'load', 'result', 'award'].flatMap((table) => [
        ...view.scan(`auction/${table}/${session}`),
      ])
      assert.deepEqual(
        left.filter(([key]) => key.split('/')[2] === session),
        [],
        `${session} is void and holds something`,
      )
      return
    }
    this.#cleared.push(session)
    this.#books.get(session)?.check(view, session, this.#session(session) as Notice)
    if ((view.get(`auction/result/${session}`) as { readonly volumeWh: number }).volumeWh > 0) this.#traded++
  }

  /** What its approver has read; now and then something else. */
  #bulletin(session: string): string {
    const { digest } = bulletins.get(this.#market.ledger.view(), session) ?? {}
    return digest === undefined || this.#random.oneIn(5) ? 'ef'.repeat(32) : digest
  }

  #session(session: string): Session | undefined {
    return sessions.get(this.#market.ledger.view(), session)
  }
}

if (import.meta.main) {
  const given = (name: string, otherwise: number): number => {
    const at = process.argv.indexOf(`--${name}`)
    return at === -1 ? otherwise : Number(process.argv[at + 1])
  }
  const { refusals, ...report } = simulateMarket(given('seed', 1), given('steps', 400))
  console.log({ ...report, refusals: Object.fromEntries([...refusals].sort(([a], [b]) => (a < b ? -1 : 1))) })
}
