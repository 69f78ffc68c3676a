import type { LedgerNode, Outcome } from '@dujiang/node/service'
import { receiptHash } from '../kill/chain.ts'
import { type Person, exchange } from '../market-fixture.ts'
import { type Bidder, LOT_WH, TICK, noticeOf, orderOf } from '../market-session.ts'
import { type World, idOf } from './world.ts'

const LIMIT_WH = 30 * LOT_WH
const THINK_MS_MAX = 600
const ORGANISER_MS = 200
const CROWD = 12
const CROWD_AFTER_MS_MAX = 2_000
const LIFETIME_MS = 600_000
const SHORT_LIFETIME_MS_MAX = 2_000
const NO_ORDER = '00'.repeat(32)

/** People at work with one life of a node, until it ends. */
export class Trading {
  readonly #world: World
  readonly #node: LedgerNode
  readonly #orders = new Map<string, { readonly id: string; readonly session: string }[]>()
  #ended = false

  constructor(world: World, node: LedgerNode) {
    this.#world = world
    this.#node = node
  }

  /** Resolves when everybody has seen that the node is gone. */
  async run(): Promise<void> {
    const { bidders } = this.#world
    const work = [
      this.#organise(),
      this.#resend(),
      this.#crowd(),
      ...bidders.flatMap((each) => [this.#bid(each), this.#bid(each)]),
    ]
    await Promise.all(work)
  }

  end(): void {
    this.#ended = true
  }

  /** Sends bytes and keeps what is said about them; gives it in a word, `accepted` or the name of what stood in the way. */
  async send(bytes: Uint8Array, promised: boolean): Promise<string> {
    const said = await this.#send(bytes, promised)
    this.#world.note(said)
    return said
  }

  async #send(bytes: Uint8Array, promised: boolean): Promise<string> {
    const world = this.#world
    const id = idOf(bytes)
    world.sent.add(id)
    world.open.set(id, { bytes, promised, unanswered: false })
    try {
      const answer = promised ? await this.#node.accept(bytes) : await this.#node.submit(bytes)
      if (answer.kind !== 'accepted') return this.#told(id, answer)
      const { height, withinSeconds } = answer
      world.open.delete(id)
      world.acknowledged.push({ kind: 'promised', id, height, withinSeconds })
      return 'promised'
    } catch {
      world.open.set(id, { bytes, promised, unanswered: true })
      return 'unanswered'
    }
  }

  #told(id: string, outcome: Outcome): string {
    const world = this.#world
    if (outcome.kind === 'busy') return outcome.reason
    world.open.delete(id)
    if (outcome.kind === 'inadmissible') {
      const { name } = outcome.refusal
      // Refused is one signature of the act, not the act.
      if (name !== 'badSignature') world.refused.add(id)
      return name
    }
    const { receipt } = outcome.stored
    const { height, index } = receipt
    // What was refused, as by a key not yet on record, may be taken when it is sent again.
    world.refused.delete(id)
    world.acknowledged.push({ kind: 'committed', id, height, index, receipt: receiptHash(receipt) })
    return outcome.repeated ? 'firstReceiptAgain' : (receipt.refusal?.name ?? 'accepted')
  }

  /** What got no answer in an earlier life, or had no room, is sent again as it was. */
  async #resend(): Promise<void> {
    const open = [...this.#world.open]
    for (const [id, { bytes, promised, unanswered }] of open) {
      if (this.#ended) return
      const what = (await this.#node.receipt(id)) === undefined ? 'lostUnacknowledged' : 'keptUnacknowledged'
      if (unanswered) this.#world.note(what)
      await this.send(bytes, promised)
    }
  }

  /** The exchange announces a session whenever the last one is about to close. */
  async #organise(): Promise<void> {
    const world = this.#world
    for (const { txs } of world.form.blocks) {
      for (const tx of txs) if ((await this.#node.receipt(idOf(tx))) === undefined) await this.send(tx, false)
    }
    await this.send(this.#act(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' }), false)
    while (!this.#ended) {
      if (world.clock.nowMs() > world.lastGateMs - 1_000) await this.#announce()
      await world.wait(ORGANISER_MS)
    }
  }

  async #announce(): Promise<void> {
    const world = this.#world
    world.announced += 1
    const session = `S${world.announced}`
    const opensMs = world.clock.nowMs() + 300 + world.random.below(700)
    const gateMs = opensMs + 1_000 + world.random.below(4_000)
    world.lastGateMs = gateMs
    const notice = noticeOf(world.form, session, { opensMs, gateMs })
    if ((await this.send(this.#act(exchange, 'auction.session.announce', notice), false)) !== 'accepted') return
    world.sessions.push(session)
    // Now and then one of them is left out.
    const units = world.bidders.slice(world.random.below(2)).map(({ unit }) => ({ unit, limitWh: [LIMIT_WH] }))
    await this.send(this.#act(exchange, 'auction.session.invite', { session, units }), false)
  }

  /** Once in a life, more acts at once than there is room for. */
  async #crowd(): Promise<void> {
    const { random, bidders } = this.#world
    await this.#world.wait(random.below(CROWD_AFTER_MS_MAX))
    if (this.#ended) return
    const acts = Array.from({ length: CROWD }, () => this.#wish(bidders[random.below(bidders.length)] as Bidder))
    await Promise.all(acts.map((bytes) => this.send(bytes, false)))
  }

  async #bid(by: Bidder): Promise<void> {
    const { random } = this.#world
    while (!this.#ended) {
      await this.#world.wait(random.below(THINK_MS_MAX))
      if (this.#ended) return
      const bytes = this.#wish(by)
      const said = await this.send(bytes, random.below(4) === 0)
      if (random.below(20) === 0)
        await this.send(
          this.#act(by, 'auction.sequence.open', { sequence: 'MINE', name: '越权' }),
          random.below(2) === 0,
        )
      if (said === 'stopping' || said === 'unanswered') return
      if (random.below(10) === 0 && !this.#ended) await this.send(random.below(2) === 0 ? bytes : forged(bytes), false)
    }
  }

  /** An order as it should be, or now and then as it should not. */
  #wish(by: Bidder): Uint8Array {
    const { random, sessions, bidders } = this.#world
    const mine = this.#orders.get(by.unit) ?? []
    this.#orders.set(by.unit, mine)
    const session = sessions[Math.max(0, sessions.length - 1 - (random.below(8) % 2))] ?? 'NONE'
    const side = by.org.startsWith('G') || (by.org === 'R1' && random.below(2) === 0) ? 'sell' : 'buy'
    const price = TICK * (10_000 + random.below(20_000))
    const volumeWh = LOT_WH * (1 + random.below(10))
    const order = orderOf(session, by.unit, side, [[price, volumeWh]])
    const target = mine[random.below(mine.length + 1)]
    const cancel = (id: string, of = session) => ({ session: of, unit: by.unit, order: id })
    switch (random.below(24)) {
      case 0:
        return this.#act(by, 'auction.order.submit', { ...order, session: 'NONE' })
      case 1:
        return this.#act(by, 'auction.order.submit', {
          ...order,
          unit: (bidders[random.below(bidders.length)] as Bidder).unit,
        })
      case 2:
        return this.#act(by, 'auction.order.submit', { ...order, prices: [[price + 1]] })
      case 3:
        return this.#act(by, 'auction.order.submit', { ...order, volumesWh: [[LIMIT_WH + LOT_WH]] })
      case 4:
        return this.#act(by, 'auction.order.submit', { ...order, side: side === 'sell' ? 'buy' : 'sell' })
      case 5:
        return this.#act(by, 'auction.order.cancel', cancel(NO_ORDER))
      case 6:
        return this.#act(by, 'auction.order.submit', order, { sequence: 1 })
      case 7:
      case 8:
        return this.#act(by, 'auction.order.submit', order, {
          expires: this.#world.clock.nowMs() + random.below(SHORT_LIFETIME_MS_MAX),
        })
      case 9:
      case 10:
      case 11:
        if (target === undefined) break
        mine.splice(mine.indexOf(target), 1)
        return this.#act(by, 'auction.order.cancel', cancel(target.id, target.session))
      case 12:
      case 13:
      case 14:
        if (target === undefined) break
        mine.splice(mine.indexOf(target), 1)
        return this.#act(by, 'auction.order.replace', { ...order, session: target.session, order: target.id })
      default:
    }
    const bytes = this.#act(by, 'auction.order.submit', order)
    mine.push({ id: idOf(bytes), session })
    return bytes
  }

  #act(by: Person, name: string, payload: object, over: { sequence?: number; expires?: number } = {}): Uint8Array {
    const { form, clock, expiresMs } = this.#world
    const expires = over.expires ?? clock.nowMs() + LIFETIME_MS
    const bytes = form.act(by, name, payload, { ...over, expires })
    expiresMs.set(idOf(bytes), expires)
    return bytes
  }
}

/** The same act under a signature that does not hold. */
function forged(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  // The last digit of the signature: `…0"}` or `…1"}`.
  const at = copy.length - 3
  copy[at] = copy[at] === 0x30 ? 0x31 : 0x30
  return copy
}
