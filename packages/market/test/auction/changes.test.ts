import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  type Session,
  changes,
  invitations,
  loads,
  preparedChanges,
  results,
  sessions,
  stances,
  tallies,
  unitBooks,
} from '@dujiang/market'
import {
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
} from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, noticeOf, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const { sha256 } = nodeCrypto
const sell = (by: Bidder, lots: number) => orderOf('S', by.unit, 'sell', [[20_000_000, lots * LOT_WH]])
const buy = (by: Bidder, lots: number) => orderOf('S', by.unit, 'buy', [[30_000_000, lots * LOT_WH]])
const VOID = { kind: 'void' }
const DAY_MS = 86_400_000

/** A market with an open session S in which two have bid. */
class Desk {
  readonly market = new TestMarket()
  readonly seller = bidder(this.market, 'G', 'sell')
  readonly buyer = bidder(this.market, 'U', 'buy')
  readonly gateMs: number

  constructor(over: { readonly [field: string]: unknown } = {}) {
    this.gateMs = openSession(this.market, 'S', [this.seller, this.buyer], over).gateMs
    submit(this.market, this.seller, sell(this.seller, 2))
  }

  get row(): Session {
    return sessions.get(this.market.ledger.view(), 'S') as Session
  }

  /** The times and delivery as they are, with these instead. */
  postponement(over: Partial<Session>) {
    const { opensMs, gateMs, deliveryFrom, deliveryTo } = { ...this.row, ...over }
    return { kind: 'postpone', opensMs, gateMs, deliveryFrom, deliveryTo }
  }

  prepare(change: object, by: Person = exchange, timeMs?: number) {
    return this.market.run(by, 'auction.change.prepare', { session: 'S', change, reason: '系统检修' }, timeMs)
  }

  get digest(): string {
    return preparedChanges.get(this.market.ledger.view(), 'S')?.digest ?? 'ab'.repeat(32)
  }

  approve(by: Person = exchangeOther, change = this.digest, timeMs?: number) {
    return this.market.run(by, 'auction.change.approve', { session: 'S', change }, timeMs)
  }

  change(change: object) {
    assert.equal(this.prepare(change).refusal, undefined)
    const outcome = this.approve()
    assert.equal(outcome.refusal, undefined)
    return outcome
  }

  /** Nobody who executes the same blocks comes to anything else. */
  demandTwin(): void {
    assert.equal(toHex(this.market.twin().tip.appHash), toHex(this.market.ledger.tip.appHash))
  }
}

describe('postponing a session', () => {
  it('[AUCTION-18] moves the gate: orders are taken until the new one, and nothing falls due at the old one', () => {
    const desk = new Desk()
    const { market, buyer, gateMs } = desk
    const toMs = gateMs + 3_600_000
    const { events } = desk.change(desk.postponement({ gateMs: toMs }))
    const { opensMs, deliveryFrom, deliveryTo } = desk.row
    const change = changes.get(market.ledger.view(), 'S', '0001')?.digest
    const data = { session: 'S', change, reason: '系统检修', opensMs, gateMs: toMs, deliveryFrom, deliveryTo }
    assert.deepEqual(events, [{ name: 'sessionPostponed', data }])
    assert.deepEqual(market.decide([], gateMs).executed.recorded, [])
    assert.equal(submit(market, buyer, buy(buyer, 1), gateMs).refusal, undefined)
    assert.equal(submit(market, buyer, buy(buyer, 1), toMs).refusal, 'gateClosed')
    assert.deepEqual([desk.row.status, desk.row.announcedGateMs], ['cleared', gateMs])
    assert.equal(results.get(market.ledger.view(), 'S')?.volumeWh, LOT_WH)
    desk.demandTwin()
  })

  it('[AUCTION-18] before it opens also moves opening and delivery, and units are invited until the new opening', () => {
    const desk = new Desk()
    const { market, seller } = desk
    const opensMs = market.nowMs + 100_000
    const notice = noticeOf(market, 'T', { opensMs, gateMs: opensMs + 60_000 })
    market.must(exchange, 'auction.session.announce', notice)
    const later = { opensMs: opensMs + 60_000, gateMs: opensMs + 120_000 }
    const delivery = { deliveryFrom: '2027-01-01', deliveryTo: '2027-01-31' }
    const change = { kind: 'postpone', ...later, ...delivery }
    market.must(exchange, 'auction.change.prepare', { session: 'T', change, reason: '数据未备齐' })
    const { digest } = preparedChanges.get(market.ledger.view(), 'T') ?? {}
    market.must(exchangeOther, 'auction.change.approve', { session: 'T', change: digest })
    const { status, announcedGateMs, ...row } = sessions.get(market.ledger.view(), 'T') as Session
    assert.deepEqual(
      { ...row, status, announcedGateMs },
      { ...row, ...later, ...delivery, status, announcedGateMs: notice.gateMs },
    )
    const units = [{ unit: seller.unit, limitWh: [9 * LOT_WH] }]
    assert.equal(
      market.run(exchange, 'auction.session.invite', { session: 'T', units }, opensMs + 1).refusal,
      undefined,
    )
    assert.deepEqual(invitations.get(market.ledger.view(), 'T', seller.unit)?.limitWh, [9 * LOT_WH])
    const order = { ...sell(seller, 1), session: 'T' }
    assert.equal(submit(market, seller, order, later.opensMs - 1).refusal, 'notYetOpen')
    assert.equal(submit(market, seller, order, later.opensMs).refusal, undefined)
  })

  it('[AUCTION-18] is prepared anew by whomever, and approved by another with an older key than what was prepared', () => {
    const desk = new Desk()
    const { market, gateMs } = desk
    desk.prepare(desk.postponement({ gateMs: gateMs + 1 }))
    const first = desk.digest
    desk.prepare(VOID, exchangeOther)
    assert.equal(desk.approve(exchange, first).refusal, 'changeDiffers')
    assert.equal(desk.approve(exchangeOther).refusal, 'changeSamePerson')
    const ghost = personOf('SCPX', 'ghost')
    market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(ghost) })
    assert.equal(desk.approve(ghost).refusal, 'changeKeyTooNew')
    assert.equal(desk.prepare(desk.postponement({ gateMs: gateMs + 1 }), exchangeOther).refusal, undefined)
    assert.equal(desk.approve(ghost).refusal, undefined)
    assert.equal(desk.approve(exchange).refusal, 'changeMissing')
  })

  it('[AUCTION-18] the digest is SHA-256 of the canonical JSON of change, reason and session', () => {
    const desk = new Desk()
    desk.prepare(VOID)
    const text = '{"change":{"kind":"void"},"reason":"系统检修","session":"S"}'
    assert.equal(desk.digest, toHex(sha256(new TextEncoder().encode(text))))
  })

  it('[AUCTION-18] lapses at the gate, with the check and with the publication', () => {
    const desk = new Desk()
    const { market, gateMs } = desk
    const waits = () => preparedChanges.get(market.ledger.view(), 'S') !== undefined
    desk.prepare(desk.postponement({ gateMs: gateMs + 60_000 }))
    assert.equal(desk.approve(exchangeOther, desk.digest, gateMs).refusal, 'changeMissing')
    assert.equal(desk.prepare(VOID).refusal, undefined)
    const result = desk.row.result as string
    market.must(dispatcher, 'auction.check.pass', { session: 'S', result, remark: '' })
    assert.equal(waits(), false)
    desk.prepare(VOID)
    market.must(exchange, 'auction.bulletin.prepare', { session: 'S', result, number: '1', text: '公告' })
    assert.equal(waits(), true)
    const bulletin = (market.ledger.view().get('auction/bulletin/S') as { readonly digest: string }).digest
    market.must(exchangeOther, 'auction.bulletin.approve', { session: 'S', result, bulletin })
    assert.equal(waits(), false)
    assert.equal(desk.prepare(VOID).refusal, 'tooLateToChange')
    desk.demandTwin()
  })

  it('[AUCTION-18] every change that was made is on record, with what was before', () => {
    const desk = new Desk()
    const { market, gateMs } = desk
    desk.change(desk.postponement({ gateMs: gateMs + 60_000 }))
    desk.change(desk.postponement({ gateMs: gateMs + 120_000 }))
    desk.change(VOID)
    const made = [...changes.entries(market.ledger.view(), 'S')]
    assert.deepEqual(
      made.map(([number, { change, before, preparedBy, approvedBy }]) => [
        number,
        change.kind,
        before.gateMs - gateMs,
        preparedBy,
        approvedBy,
      ]),
      [
        ['0001', 'postpone', 0, 'li', 'wang'],
        ['0002', 'postpone', 60_000, 'li', 'wang'],
        ['0003', 'void', 120_000, 'li', 'wang'],
      ],
    )
    assert.equal(desk.row.announcedGateMs, gateMs)
  })
})

describe('postponing, and a chain that stood still', () => {
  const rules = { gateStandstillMs: 60_000, gateExtensionMs: 600_000 }
  const standing = () => {
    const market = new TestMarket({ rules })
    const seller = bidder(market, 'G', 'sell')
    const { gateMs } = openSession(market, 'S', [seller])
    market.block([], gateMs - 1_000)
    const row = () => sessions.get(market.ledger.view(), 'S') as Session
    const prepare = (toMs: number, timeMs?: number) => {
      const { opensMs, deliveryFrom, deliveryTo } = row()
      const change = { kind: 'postpone', opensMs, gateMs: toMs, deliveryFrom, deliveryTo }
      return market.run(exchange, 'auction.change.prepare', { session: 'S', change, reason: '检修' }, timeMs)
    }
    const approve = (timeMs?: number) => {
      const change = preparedChanges.get(market.ledger.view(), 'S')?.digest
      return market.run(exchangeOther, 'auction.change.approve', { session: 'S', change }, timeMs)
    }
    return { market, gateMs, row, prepare, approve }
  }

  it('[AUCTION-17] a postponed gate moves too, and a moved gate is postponed', () => {
    const { market, gateMs, row, prepare, approve } = standing()
    const laterMs = gateMs + 30_000
    prepare(laterMs, gateMs - 800)
    assert.equal(approve(gateMs - 600).refusal, undefined)
    const resumedMs = laterMs + 60_001
    market.block([], resumedMs)
    const movedMs = resumedMs + rules.gateExtensionMs
    assert.deepEqual([row().gateMs, row().announcedGateMs], [movedMs, gateMs])
    prepare(movedMs + 5_000)
    assert.equal(approve().refusal, undefined)
    market.block([], movedMs)
    assert.equal(row().status, 'announced')
    market.block([], movedMs + 5_000)
    assert.deepEqual([row().status, row().announcedGateMs], ['cleared', gateMs])
    assert.deepEqual(market.twin().tip.appHash, market.ledger.tip.appHash)
  })

  it('[AUCTION-18] what was prepared stays when the gate moves, and cannot bring it forward', () => {
    const { gateMs, row, prepare, approve } = standing()
    prepare(gateMs + 1_000, gateMs - 900)
    const { refusal, facts } = approve(gateMs + 60_001)
    assert.equal(refusal, 'postponeEarlier')
    assert.deepEqual(facts, { field: 'gateMs', given: gateMs + 1_000, notBefore: row().gateMs })
    prepare(row().gateMs + 1_000)
    assert.equal(approve().refusal, undefined)
  })
})

describe('voiding a session', () => {
  it('[AUCTION-19] before its gate releases all orders: no row of them is left, nothing falls due, nothing more is taken', () => {
    const desk = new Desk()
    const { market, seller, buyer, gateMs } = desk
    submit(market, buyer, buy(buyer, 1))
    const { events } = desk.change(VOID)
    assert.deepEqual(
      events.map(({ name, data }) => [name, data['from']]),
      [['sessionVoided', 'announced']],
    )
    const view = market.ledger.view()
    const left = [unitBooks, stances].flatMap((each) => [...each.rows(view, 'S')])
    assert.deepEqual([left, loads.get(view, 'S'), preparedChanges.get(view, 'S')], [[], undefined, undefined])
    assert.deepEqual(tallies.get(view, 'S'), { invited: 2, submitted: 2 })
    assert.deepEqual([...view.scan('chain/sequence/auction.S/')], [])
    assert.deepEqual(market.decide([], gateMs).executed.recorded, [])
    const order = sell(seller, 1)
    assert.equal(submit(market, seller, order).refusal, 'sessionVoided')
    const id = 'ab'.repeat(32)
    assert.equal(market.run(seller, 'auction.order.replace', { ...order, order: id }).refusal, 'sessionVoided')
    const cancel = { session: 'S', unit: seller.unit, order: id }
    assert.equal(market.run(seller, 'auction.order.cancel', cancel).refusal, 'sessionVoided')
    assert.equal(market.run(exchange, 'auction.session.remind', { session: 'S' }).refusal, 'sessionVoided')
    assert.equal(desk.prepare(VOID).refusal, 'tooLateToChange')
    desk.demandTwin()
  })

  it('[AUCTION-19] before it opens: no unit is invited any more', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
    market.must(exchange, 'auction.session.announce', noticeOf(market, 'S', { opensMs: market.nowMs + 50_000 }))
    market.must(exchange, 'auction.change.prepare', { session: 'S', change: VOID, reason: '公告有误' })
    const change = preparedChanges.get(market.ledger.view(), 'S')?.digest
    market.must(exchangeOther, 'auction.change.approve', { session: 'S', change })
    const units = [{ unit: seller.unit, limitWh: [LOT_WH] }]
    assert.equal(market.run(exchange, 'auction.session.invite', { session: 'S', units }).refusal, 'sessionVoided')
    assert.equal(market.run(exchange, 'auction.session.announce', noticeOf(market, 'S')).refusal, 'sessionExists')
  })

  it('[AUCTION-19] its orders stay their owners’ alone for 30 days and until its gate, and no hash of them is left', () => {
    const desk = new Desk()
    const { market, seller } = desk
    const app = market.app
    const signed = { id: '', org: 'G', key: '', person: 'a', sequence: 1, payload: sell(seller, 1) }
    const readers = () => app.actReaders(market.ledger.view(), 'auction.order.submit', 1, signed)
    assert.equal(app.holdsSecrets(market.ledger.view()), true)
    desk.change(VOID)
    const voidedMs = market.nowMs
    assert.equal(desk.row.sealedUntilMs, voidedMs + 30 * DAY_MS)
    assert.equal(app.holdsSecrets(market.ledger.view()), false)
    market.block([], voidedMs + 30 * DAY_MS - 1)
    assert.deepEqual(readers(), ['G'])
    assert.deepEqual(app.rowReaders(market.ledger.view(), `auction/book/S/${seller.unit}`), [])
    market.block([], voidedMs + 30 * DAY_MS)
    assert.equal(readers(), undefined)

    const far = new Desk({ gateMs: START_FAR_MS })
    far.change(VOID)
    assert.equal(far.row.sealedUntilMs, START_FAR_MS)
  })

  it('[AUCTION-19] after its gate keeps book and result on record, and they can be neither checked nor published', () => {
    for (const checked of [false, true]) {
      const desk = new Desk()
      const { market, seller, buyer, gateMs } = desk
      submit(market, buyer, buy(buyer, 1))
      market.block([], gateMs)
      const result = desk.row.result as string
      const pass = { session: 'S', result, remark: '' }
      if (checked) market.must(dispatcher, 'auction.check.pass', pass)
      assert.equal(desk.change(VOID).events[0]?.data['from'], checked ? 'checked' : 'cleared')
      const view = market.ledger.view()
      assert.deepEqual([desk.row.status, desk.row.sealedUntilMs, desk.row.result], ['voided', undefined, result])
      assert.equal(results.get(view, 'S')?.volumeWh, LOT_WH)
      assert.equal(unitBooks.get(view, 'S', seller.unit)?.orders.length, 1)
      assert.deepEqual([...view.scan('chain/sequence/auction.S/')], [])
      assert.equal(market.run(dispatcher, 'auction.check.pass', pass).refusal, 'statusIs')
      const bulletin = { session: 'S', result, number: '1', text: '公告' }
      assert.equal(market.run(exchange, 'auction.bulletin.prepare', bulletin).refusal, 'statusIs')
      const signed = { id: '', org: 'G', key: '', person: 'a', sequence: 1, payload: sell(seller, 1) }
      assert.equal(market.app.actReaders(view, 'auction.order.submit', 1, signed), undefined)
      desk.demandTwin()
    }
  })
})

describe('reminding', () => {
  it('[AUCTION-15] tells all units alike how many have bid, and not which', () => {
    const desk = new Desk()
    const { market, buyer, gateMs } = desk
    const remind = () => market.run(exchange, 'auction.session.remind', { session: 'S' })
    const data = { session: 'S', gateMs, invited: 2, submitted: 1 }
    assert.deepEqual(remind().events, [{ name: 'sessionReminded', data }])
    submit(market, buyer, buy(buyer, 1))
    assert.equal(remind().refusal, 'allSubmitted')
  })
})

const START_FAR_MS = 1_800_000_000_000 + 100 * DAY_MS
