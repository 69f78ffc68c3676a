import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type OrderPayload,
  type Side,
  WHAT_IF,
  awards,
  results,
  sessions,
  unitBooks,
  whatIf,
  whyAward,
} from '@dujiang/market'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, openSession } from '@dujiang/testing/market-session'
import fc from 'fast-check'

const PERIODS = 3
const market = new TestMarket()
const sellers = ['G1', 'G2'].map((org) => bidder(market, org, 'sell'))
const buyers = ['U1', 'U2'].map((org) => bidder(market, org, 'buy'))
const bidders = [...sellers, ...buyers]
let sessionsHeld = 0

type Bid = { readonly by: number; readonly order: Omit<OrderPayload, 'session' | 'unit'> }

/** An order in all periods, of whole lots at few prices, so that tiers are cut. */
const anyBid: fc.Arbitrary<Bid> = fc
  .record({
    by: fc.nat(bidders.length - 1),
    price: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: PERIODS, maxLength: PERIODS }),
    lots: fc.array(fc.integer({ min: 1, max: 7 }), { minLength: PERIODS, maxLength: PERIODS }),
  })
  .map(({ by, price, lots }) => ({
    by,
    order: {
      side: by < sellers.length ? 'sell' : 'buy',
      periods: [1, 2, 3],
      prices: [price.map((each) => each * 1_000_000)],
      volumesWh: [lots.map((each) => each * LOT_WH)],
    },
  }))

/** Holds a session with these bids, one a block; those undefined are not made. */
function held(bids: readonly (Bid | undefined)[]) {
  const session = `S${++sessionsHeld}`
  const { gateMs } = openSession(market, session, bidders, { periods: PERIODS, tieRule: 'pro_rata', stepsMax: 5 })
  const ids = bids.map((bid) => {
    if (bid === undefined) return undefined
    const { unit, ...by } = bidders[bid.by] as Bidder
    return market.must(by, 'auction.order.submit', { session, unit, ...bid.order }).id
  })
  market.block([], gateMs)
  const view = market.ledger.view()
  const notice = sessions.get(view, session)
  const result = results.get(view, session)
  if (notice === undefined || result === undefined) throw new Error(`${session} is not cleared`)
  return {
    ids,
    notice,
    result,
    books: [...unitBooks.entries(view, session)],
    given: [...awards.entries(view, session)],
  }
}

/** Awards by the position of the order among the bids, since ids differ from session to session. */
const awarded = (given: ReturnType<typeof held>['given'], ids: readonly (string | undefined)[]) =>
  ids.map((id) => {
    const award = given.flatMap(([, each]) => each.awards).find(({ order }) => order === id)
    return award && [award.side, award.awardsWh, award.verdicts]
  })

describe('what if an order had been another', () => {
  it('[AUCTION-10] comes to what the ledger clears when it is bid so', () => {
    const bids = fc.array(anyBid, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(bids, fc.nat(), anyBid, fc.boolean(), (all, chosen, instead, removed) => {
        const at = chosen % all.length
        const was = all[at] as Bid
        const other = { ...instead.order, side: was.order.side }
        const real = held(all)
        const otherwise = held(all.with(at, removed ? (undefined as never) : { by: was.by, order: other }))
        const { unit, org } = bidders[was.by] as Bidder
        const { result, unitAwards } = whatIf(real.notice, real.books, {
          order: real.ids[at] as string,
          ...(removed ? {} : { other: { ...other, side: other.side as Side, unit, org } }),
        })
        const { bookRoot: _, ...expected } = otherwise.result
        assert.deepEqual(result, expected)
        const ids = removed ? real.ids.with(at, undefined) : real.ids
        assert.deepEqual(awarded([...unitAwards], ids), awarded(otherwise.given, otherwise.ids))
      }),
      { numRuns: 12, seed: 1 },
    )
  })

  it('[AUCTION-10] one more order stands after all others; without a change it comes to the result on record', () => {
    const bid = (by: number, lots: number): Bid => ({
      by,
      order: {
        side: by < sellers.length ? 'sell' : 'buy',
        periods: [1],
        prices: [[1_000_000]],
        volumesWh: [[lots * LOT_WH]],
      },
    })
    const all = [bid(0, 1), bid(2, 1)]
    const { notice, books, result, given } = held(all)
    const { bookRoot: _, ...same } = result
    assert.deepEqual(whatIf(notice, books, {}), { result: same, unitAwards: given })
    const { unit, org } = bidders[1] as Bidder
    const { order } = bid(1, 1)
    const more = whatIf(notice, books, { other: { ...order, side: 'sell', unit, org } })
    // Two equal offers for one lot: it goes to the earlier.
    const added = new Map(more.unitAwards).get(unit)?.awards
    assert.deepEqual(
      added?.map(({ order: id, awardsWh, verdicts }) => [id, awardsWh, verdicts]),
      [[WHAT_IF, [[0]], ['c']]],
    )
    assert.throws(() => whatIf(notice, books, { order: 'none' }), /no order none stood at the gate/)
  })
})

describe('why an award', () => {
  it('[CLEAR-9] is told step by step, and comes to what is on record', () => {
    fc.assert(
      fc.property(fc.array(anyBid, { minLength: 2, maxLength: 5 }), (all) => {
        const { notice, books, given } = held(all)
        for (const award of given.flatMap(([, each]) => each.awards)) {
          for (const [column, period] of award.periods.entries()) {
            const shares = whyAward(notice, books, { order: award.order, period })
            assert.deepEqual(
              shares.map(({ step, awarded: wh }) => [step, wh]),
              award.awardsWh.map((row, at) => [at + 1, row[column]]),
            )
          }
        }
      }),
      { numRuns: 8, seed: 1 },
    )
    const { notice, books } = held([])
    assert.throws(() => whyAward(notice, books, { order: 'none', period: 1 }), /no order none in period 1/)
  })
})
