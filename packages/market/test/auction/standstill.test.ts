import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json } from '@dujiang/core/codec'
import { results, sessions } from '@dujiang/market'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const sell = (by: Bidder, lots: number) => orderOf('S', by.unit, 'sell', [[20_000_000, lots * LOT_WH]])

const STANDSTILL_MS = 60_000
const EXTENSION_MS = 600_000
const rules = { gateStandstillMs: STANDSTILL_MS, gateExtensionMs: EXTENSION_MS }
const standing = (given = rules) => {
  const market = new TestMarket({ rules: given })
  const [seller, other] = ['G1', 'G2'].map((org) => bidder(market, org, 'sell')) as [Bidder, Bidder]
  const { gateMs } = openSession(market, 'S', [seller, other])
  submit(market, seller, sell(seller, 1), gateMs - 5_000)
  return { market, seller, other, gateMs }
}
const session = (market: TestMarket) => sessions.get(market.ledger.view(), 'S')
const due = (market: TestMarket, timeMs: number) =>
  market.decide([], timeMs).executed.recorded.flatMap(({ receipt, events }) => [receipt.act, ...events])

describe('the gate of a chain that stood still', () => {
  it('[AUCTION-17] moves when no block came for longer than the rules say, and takes orders until the new one', () => {
    const { market, seller, other, gateMs } = standing()
    const resumedMs = market.nowMs + STANDSTILL_MS + 1
    const toMs = resumedMs + EXTENSION_MS
    const data = { session: 'S', fromMs: gateMs, toMs, standstillMs: STANDSTILL_MS + 1 }
    assert.deepEqual(due(market, resumedMs), ['auction.gate', { name: 'gateMoved', data }])
    // In the very block that moves it an order is in time.
    assert.equal(submit(market, other, sell(other, 1), resumedMs).refusal, undefined)
    const { status, gateMs: now, announcedGateMs } = session(market) ?? {}
    assert.deepEqual([status, now, announcedGateMs], ['announced', toMs, gateMs])
    submit(market, seller, sell(seller, 2), toMs - 1)
    assert.equal(submit(market, other, sell(other, 2), toMs).refusal, 'gateClosed')
    assert.equal(results.get(market.ledger.view(), 'S')?.orders, 3)
    assert.deepEqual(market.twin().tip.appHash, market.ledger.tip.appHash)
  })

  it('[AUCTION-17] closes when the blocks were no further apart than that', () => {
    const { market } = standing()
    assert.equal(due(market, market.nowMs + STANDSTILL_MS)[0], 'auction.gate')
    market.block([], market.nowMs + STANDSTILL_MS)
    assert.equal(session(market)?.status, 'cleared')
    assert.equal(session(market)?.announcedGateMs, undefined)
  })

  it('[AUCTION-17] does not move for a standstill that ended before the gate', () => {
    const market = new TestMarket({ rules })
    const seller = bidder(market, 'G', 'sell')
    const { gateMs } = openSession(market, 'S', [seller], { gateMs: market.nowMs + 10 * EXTENSION_MS })
    market.block([], gateMs - 1)
    market.block([], gateMs)
    assert.equal(session(market)?.status, 'cleared')
  })

  it('[AUCTION-17] never moves where the rules say so', () => {
    const { market, gateMs } = standing({ ...rules, gateStandstillMs: 0 })
    market.block([], gateMs + 10 * EXTENSION_MS)
    assert.equal(session(market)?.status, 'cleared')
  })

  it('[AUCTION-17] moves again when the chain stands still again, and keeps the announced gate', () => {
    const { market, gateMs } = standing()
    for (let time = 0; time < 2; time++) market.block([], (session(market)?.gateMs ?? 0) + STANDSTILL_MS + 1)
    assert.equal(session(market)?.announcedGateMs, gateMs)
    const toMs = session(market)?.gateMs as number
    assert.equal(toMs, market.nowMs + EXTENSION_MS)
    market.block([], toMs - 1)
    market.block([], toMs)
    assert.equal(session(market)?.status, 'cleared')
  })

  it('[AUCTION-17] what is sealed stays sealed until the gate in force, and it is the deadline', () => {
    const { market, seller } = standing()
    market.block([], market.nowMs + STANDSTILL_MS + 1)
    const view = market.ledger.view()
    assert.deepEqual(market.app.rowReaders(view, `auction/book/S/${seller.unit}`), [seller.org])
    assert.equal(market.app.holdsSecrets(view), true)
    const { org, key, person } = seller
    const act = { id: '', org, key, person, sequence: 1, payload: sell(seller, 1) as Json }
    assert.equal(market.app.act('auction.order.submit', 1)?.deadlineMs?.(view, act), session(market)?.gateMs)
  })
})

describe('the deadline of an act', () => {
  it('[AUCTION-16] is the gate for whatever changes a book, and there is none for other acts', () => {
    const { market, seller, gateMs } = standing()
    const deadline = (name: string, payload: object) => {
      const { org, key, person } = seller
      const act = market.app.act(name, 1)
      return act?.deadlineMs?.(market.ledger.view(), {
        id: '',
        org,
        key,
        person,
        sequence: 1,
        payload: payload as Json,
      })
    }
    const order = 'ab'.repeat(32)
    const cancel = { session: 'S', unit: seller.unit, order }
    assert.equal(deadline('auction.order.submit', sell(seller, 1)), gateMs)
    assert.equal(deadline('auction.order.replace', { ...sell(seller, 1), order }), gateMs)
    assert.equal(deadline('auction.order.cancel', cancel), gateMs)
    assert.equal(deadline('auction.order.cancel', { ...cancel, session: 'NONE' }), undefined)
    assert.equal(deadline('auction.sequence.open', { sequence: 'Q', name: 'Q' }), undefined)
  })
})
