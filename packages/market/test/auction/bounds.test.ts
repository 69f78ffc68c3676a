import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loads, tallies } from '@dujiang/market'
import { TestMarket, exchange } from '@dujiang/testing/market-fixture'
import { LOT_WH, bidder, noticeOf, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const FLOOR = -5_000_000
const CAP = 48_144_000

describe('what still fits', () => {
  it('[AUCTION-5] the price limits themselves may be offered, negative ones too', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    openSession(market, 'S', [seller])
    const steps = [
      [FLOOR, LOT_WH],
      [CAP, LOT_WH],
    ] as const
    assert.equal(submit(market, seller, orderOf('S', seller.unit, 'sell', steps)).refusal, undefined)
  })

  it('[AUCTION-5] sellers’ steps rise and buyers’ fall, strictly', () => {
    const market = new TestMarket()
    const trader = bidder(market, 'R', 'both')
    openSession(market, 'S', [trader])
    const of = (side: 'sell' | 'buy', first: number, second: number) => {
      const steps = [
        [first, LOT_WH],
        [second, LOT_WH],
      ] as const
      const outcome = submit(market, trader, orderOf('S', trader.unit, side, steps))
      if (outcome.code === 0) {
        market.must(trader, 'auction.order.cancel', { session: 'S', unit: trader.unit, order: outcome.id })
      }
      return outcome.refusal ?? 'accepted'
    }
    const tried = [of('sell', 1_000, 2_000), of('sell', 1_000, 1_000), of('sell', 2_000, 1_000)]
    assert.deepEqual(tried, ['accepted', 'stepsOrder', 'stepsOrder'])
    const mirrored = [of('buy', 2_000, 1_000), of('buy', 1_000, 1_000), of('buy', 1_000, 2_000)]
    assert.deepEqual(mirrored, ['accepted', 'stepsOrder', 'stepsOrder'])
  })

  it('[AUCTION-6] an order that uses a limit up to the last Wh fits, one lot more does not', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    openSession(market, 'S', [seller], {}, 3 * LOT_WH)
    assert.equal(submit(market, seller, orderOf('S', seller.unit, 'sell', [[0, 2 * LOT_WH]])).refusal, undefined)
    const over = submit(market, seller, orderOf('S', seller.unit, 'sell', [[0, 2 * LOT_WH]]))
    assert.deepEqual([over.refusal, over.facts['usedWh'], over.facts['fitsWh']], ['overLimit', 2 * LOT_WH, LOT_WH])
    assert.equal(submit(market, seller, orderOf('S', seller.unit, 'sell', [[0, LOT_WH]])).refusal, undefined)
  })

  it('[AUCTION-6] what is said to fit does: whole lots, where the limit is none', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    openSession(market, 'S', [seller], {}, 2.5 * LOT_WH)
    const offer = (volumeWh: number) => submit(market, seller, orderOf('S', seller.unit, 'sell', [[0, volumeWh]]))
    const { refusal, facts } = offer(3 * LOT_WH)
    assert.deepEqual([refusal, facts['fitsWh']], ['overLimit', 2 * LOT_WH])
    assert.equal(offer(facts['fitsWh'] as number).refusal, undefined)
    assert.equal(offer(LOT_WH).facts['fitsWh'], 0)
  })

  for (const [refusal, liveStepsMax, limitLots, side, steps] of [
    ['tooManySteps', 100, 9, 'sell', 3],
    ['overLimit', 100, 1, 'sell', 1],
    ['bothSides', 100, 9, 'buy', 1],
    ['ordersMany', 200, 9, 'sell', 1],
    ['sessionFull', 2, 9, 'sell', 2],
  ] as const) {
    it(`[FAMILY-5] ${refusal} may be tried again: once an order is cancelled the same request is accepted`, () => {
      const market = new TestMarket({ rules: { liveStepsMax } })
      const trader = bidder(market, 'R', 'both')
      openSession(market, 'S', [trader], { periods: 96, gateMs: market.nowMs + 600_000 }, limitLots * LOT_WH)
      const order = (of: 'sell' | 'buy', period: number, count: number) => {
        const list = Array.from({ length: count }, (_, at) => [at * 1_000, LOT_WH] as const)
        return orderOf('S', trader.unit, of, list, period)
      }
      const orders = Array.from({ length: refusal === 'ordersMany' ? 96 : 1 }, (_, at) =>
        submit(market, trader, order('sell', at + 1, steps)),
      )
      const wish = order(side, 1, 1)
      assert.equal(submit(market, trader, wish).refusal, refusal)
      market.must(trader, 'auction.order.cancel', { session: 'S', unit: trader.unit, order: orders[0]?.id })
      assert.equal(submit(market, trader, wish).refusal, undefined)
      assert.equal(market.app.sentence(refusal)?.retry, true)
    })
  }

  it('[AUCTION-3] limits add up to 2^53 − 1 Wh and not to one more; an invitation that replaces gives its own back', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    const other = bidder(market, 'H', 'sell')
    market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'Q' })
    market.must(exchange, 'auction.session.announce', noticeOf(market, 'S', { periods: 96 }))
    const most = 100_000_000_000_000
    const rest = Number.MAX_SAFE_INTEGER - 90 * most
    const limits = (last: number) => [...Array<number>(90).fill(most), last, 0, 0, 0, 0, 0]
    const invite = (unit: string, limitWh: readonly number[]) =>
      market.run(exchange, 'auction.session.invite', { session: 'S', units: [{ unit, limitWh }] }).refusal
    assert.equal(invite(seller.unit, limits(rest + 1)), 'limitsTotal')
    assert.equal(invite(seller.unit, limits(rest)), undefined)
    assert.equal(invite(seller.unit, limits(rest)), undefined)
    assert.equal(invite(other.unit, [...Array<number>(95).fill(0), 1]), 'limitsTotal')
    assert.equal(invite(seller.unit, limits(rest - 1)), undefined)
    assert.equal(invite(other.unit, [...Array<number>(95).fill(0), 1]), undefined)
    assert.deepEqual(tallies.get(market.ledger.view(), 'S'), { invited: 2, submitted: 0 })
    assert.equal(loads.get(market.ledger.view(), 'S')?.limitsWh, Number.MAX_SAFE_INTEGER)
  })
})
