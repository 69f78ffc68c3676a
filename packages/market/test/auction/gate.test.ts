import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeCanonicalBytes } from '@dujiang/core/codec'
import { LogTree, leafHash, merkleRoot, toHex, verifyInclusion } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Side, awards, results, sessions, stances, tallies, unitBooks } from '@dujiang/market'
import { TestMarket, exchange } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, noticeOf, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const { sha256 } = nodeCrypto
const PRICE = 20_000_000
const awardOf = (market: TestMarket, session: string, { unit }: Bidder) =>
  awards.get(market.ledger.view(), session, unit)?.awards ?? []

function opened(over: { readonly [field: string]: unknown } = {}) {
  const market = new TestMarket()
  const sellers = ['G1', 'G2', 'G3'].map((org) => bidder(market, org, 'sell'))
  const buyer = bidder(market, 'U1', 'buy')
  const { gateMs } = openSession(market, 'S', [...sellers, buyer], over)
  return { market, sellers, buyer, gateMs, seller: sellers[0] as Bidder, other: sellers[1] as Bidder }
}
const sell = (by: Bidder, lots: number, price = PRICE) => orderOf('S', by.unit, 'sell', [[price, lots * LOT_WH]])
const buy = (by: Bidder, lots: number, price = PRICE) => orderOf('S', by.unit, 'buy', [[price, lots * LOT_WH]])

describe('the gate', () => {
  it('[AUCTION-9] takes an order one millisecond before it and refuses one at its millisecond', () => {
    const { market, seller, other, gateMs } = opened()
    assert.equal(submit(market, seller, sell(seller, 1), gateMs - 1).refusal, undefined)
    assert.equal(submit(market, other, sell(other, 1), gateMs).refusal, 'gateClosed')
    assert.equal(results.get(market.ledger.view(), 'S')?.orders, 1)
  })

  it('[AUCTION-4] takes orders from the millisecond at which the session opens', () => {
    const { market, seller } = opened()
    const opensMs = market.nowMs + 100_000
    market.must(exchange, 'auction.session.announce', noticeOf(market, 'T', { opensMs, gateMs: opensMs + 60_000 }))
    const units = [{ unit: seller.unit, limitWh: [9 * LOT_WH] }]
    market.must(exchange, 'auction.session.invite', { session: 'T', units })
    const order = { ...sell(seller, 1), session: 'T' }
    assert.equal(submit(market, seller, order, opensMs - 1).refusal, 'notYetOpen')
    const invitation = market.act(exchange, 'auction.session.invite', { session: 'T', units })
    const outcomes = market.block([market.act(seller, 'auction.order.submit', order), invitation], opensMs)
    assert.deepEqual(
      outcomes.map(({ refusal }) => refusal),
      [undefined, 'invitationsClosed'],
    )
  })

  it('[AUCTION-2] is at most 400 days after the block that announces it', () => {
    const { market } = opened()
    const announce = (session: string, afterMs: number) =>
      market.run(
        exchange,
        'auction.session.announce',
        noticeOf(market, session, { gateMs: market.nowMs + 1_000 + afterMs }),
      )
    assert.equal(announce('T', 400 * 86_400_000 + 1).refusal, 'gateTooFar')
    assert.equal(announce('T', 400 * 86_400_000).refusal, undefined)
  })

  it('[AUCTION-9] closes by block time, with no act, in the first block that has reached it', () => {
    const { market, seller, buyer, gateMs } = opened()
    submit(market, seller, sell(seller, 2))
    submit(market, buyer, buy(buyer, 1))
    market.block([], gateMs - 1)
    assert.equal(sessions.get(market.ledger.view(), 'S')?.status, 'announced')
    const { executed } = market.decide([], gateMs + 3_600_000)
    assert.deepEqual(
      executed.recorded.map(({ receipt }) => [receipt.act, receipt.kind]),
      [['auction.gate', 'due']],
    )
    market.block([], gateMs + 3_600_000)
    assert.equal(sessions.get(market.ledger.view(), 'S')?.status, 'cleared')
  })

  it('[AUCTION-10] clears a session in which nobody has submitted, at no price', () => {
    const { market, gateMs } = opened({ periods: 2 })
    market.block([], gateMs)
    const result = results.get(market.ledger.view(), 'S')
    assert.deepEqual([result?.volumeWh, result?.orders, result?.units, result?.averagePrice], [0, 0, 0, undefined])
    assert.deepEqual(
      result?.periods.map(({ volumeWh, price }) => [volumeWh, price]),
      [
        [0, undefined],
        [0, undefined],
      ],
    )
  })

  it('[AUCTION-9] closes sessions of one instant side by side, whatever their ids', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    const ids = ['S', 'S-1', 'S.1', 'S_1', 'S0', 's']
    const times = { opensMs: market.nowMs + 100_000, gateMs: market.nowMs + 200_000 }
    market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: 'Q' })
    for (const session of ids) {
      market.must(exchange, 'auction.session.announce', noticeOf(market, session, times))
      const units = [{ unit: seller.unit, limitWh: [9 * LOT_WH] }]
      market.must(exchange, 'auction.session.invite', { session, units })
    }
    market.block([], times.opensMs)
    ids.forEach((session, at) => {
      for (let order = 0; order <= at; order++) {
        submit(market, seller, orderOf(session, seller.unit, 'sell', [[PRICE + order * 1_000, LOT_WH]]))
      }
    })
    const expected = ids.map((_, at) => Math.min(at + 1, 3))
    market.block([], times.gateMs)
    assert.deepEqual(
      ids.map((session) => results.get(market.ledger.view(), session)?.orders),
      expected,
    )
  })
})

describe('places in time', () => {
  const first = (market: TestMarket, sellers: readonly Bidder[]) =>
    sellers.map((each) => awardOf(market, 'S', each)[0]?.awardsWh[0]?.[0])

  it('[AUCTION-7] a replaced order takes a new place, so that a tie goes to who stood still', () => {
    const { market, sellers, buyer, gateMs, seller } = opened({ tieRule: 'time' })
    const ids = sellers.map((each) => submit(market, each, sell(each, 2)).id as string)
    market.must(seller, 'auction.order.replace', { ...sell(seller, 2), order: ids[0] })
    submit(market, buyer, buy(buyer, 4))
    market.block([], gateMs)
    assert.deepEqual(first(market, sellers), [0, 2 * LOT_WH, 2 * LOT_WH])
    const [moved, stood] = sellers.map((each) => awardOf(market, 'S', each)[0]?.verdicts)
    assert.deepEqual([moved, stood], [['c'], ['f']])
  })

  it('[AUCTION-7] without a replacement the tie goes to the first', () => {
    const { market, sellers, buyer, gateMs } = opened({ tieRule: 'time' })
    for (const each of sellers) submit(market, each, sell(each, 2))
    submit(market, buyer, buy(buyer, 3))
    market.block([], gateMs)
    assert.deepEqual(first(market, sellers), [2 * LOT_WH, LOT_WH, 0])
  })

  it('[AUCTION-8] a cancelled order is not cleared, and frees room, steps, side and the count of who submitted', () => {
    const market = new TestMarket({ rules: { liveStepsMax: 3 } })
    const trader = bidder(market, 'R', 'both')
    const { gateMs } = openSession(market, 'S', [trader], {}, 3 * LOT_WH)
    const tally = () => tallies.get(market.ledger.view(), 'S')
    const three = orderOf('S', trader.unit, 'sell', [
      [PRICE, LOT_WH],
      [PRICE + 1_000, LOT_WH],
      [PRICE + 2_000, LOT_WH],
    ])
    const { id } = submit(market, trader, three)
    assert.deepEqual(tally(), { invited: 1, submitted: 1 })
    assert.equal(submit(market, trader, sell(trader, 1)).refusal, 'tooManySteps')
    market.must(trader, 'auction.order.cancel', { session: 'S', unit: trader.unit, order: id })
    assert.deepEqual(tally(), { invited: 1, submitted: 0 })
    assert.deepEqual(stances.get(market.ledger.view(), 'S', 'R'), [0])
    assert.equal(submit(market, trader, { ...three, side: 'buy', prices: [[PRICE], [1_000], [0]] }).refusal, undefined)
    market.block([], gateMs)
    assert.equal(results.get(market.ledger.view(), 'S')?.orders, 1)
  })

  it('[AUCTION-6] an organisation stands on one side of a period over all its units, and may change when it has left', () => {
    const market = new TestMarket()
    const one = bidder(market, 'R', 'both')
    market.must(exchange, 'members.unit.register', { unit: 'R.2', name: 'R.2', org: 'R', side: 'both' })
    const two = { ...one, unit: 'R.2' }
    openSession(market, 'S', [one, two], { periods: 2 })
    const order = (by: Bidder, side: Side, volumes: readonly number[]) => ({
      session: 'S',
      unit: by.unit,
      side,
      periods: [1, 2],
      prices: [volumes.map((each) => (each === 0 ? 0 : PRICE))],
      volumesWh: [volumes],
    })
    const { id } = submit(market, one, order(one, 'sell', [LOT_WH, 0]))
    const refused = submit(market, two, order(two, 'buy', [LOT_WH, LOT_WH]))
    assert.deepEqual([refused.refusal, refused.facts['period']], ['bothSides', 1])
    assert.equal(submit(market, two, order(two, 'buy', [0, LOT_WH])).refusal, undefined)
    const turned = { ...order(one, 'buy', [LOT_WH, LOT_WH]), order: id }
    assert.equal(market.run(one, 'auction.order.replace', turned).refusal, undefined)
    assert.deepEqual(stances.get(market.ledger.view(), 'S', 'R'), [-1, -2])
  })

  it('[AUCTION-5] an act in the name of another’s unit neither uses up that unit’s sequence nor tells of it', () => {
    const { market, seller, other } = opened()
    const inItsName = (sequence: number) => market.act(other, 'auction.order.submit', sell(seller, 1), { sequence })
    const refused = () =>
      [inItsName(Number.MAX_SAFE_INTEGER), inItsName(1)].map((act) => market.block([act])[0]?.refusal)
    assert.deepEqual(refused(), ['unitNotYours', 'unitNotYours'])
    assert.equal(submit(market, seller, sell(seller, 1)).refusal, undefined)
    assert.deepEqual(refused(), ['unitNotYours', 'unitNotYours'])
  })

  it('[AUCTION-3] whatever the limits let through can be counted: 2^53 Wh of limits, and the largest order', () => {
    const market = new TestMarket()
    const seller = bidder(market, 'G', 'sell')
    const buyer = bidder(market, 'U', 'buy')
    const most = 100_000_000_000_000
    const { gateMs } = openSession(market, 'S', [seller, buyer], { periods: 45 }, most)
    const periods = Array.from({ length: 45 }, (_, at) => at + 1)
    const all = (by: Bidder, side: Side) => ({
      session: 'S',
      unit: by.unit,
      side,
      periods,
      prices: [periods.map(() => PRICE)],
      volumesWh: [periods.map(() => most)],
    })
    const twenty = Array.from({ length: 20 }, () => periods.map(() => most))
    const rising = twenty.map((row, at) => row.map(() => at * 1_000))
    const tooMuch = { ...all(seller, 'sell'), prices: rising.slice(0, 3), volumesWh: twenty.slice(0, 3) }
    assert.equal(submit(market, seller, tooMuch).refusal, 'overLimit')
    assert.equal(submit(market, seller, { ...tooMuch, prices: rising, volumesWh: twenty }).refusal, 'tooManySteps')
    assert.equal(submit(market, seller, all(seller, 'sell')).refusal, undefined)
    assert.equal(submit(market, buyer, all(buyer, 'buy')).refusal, undefined)
    market.block([], gateMs)
    assert.equal(results.get(market.ledger.view(), 'S')?.volumeWh, 45 * most)
  })
})

describe('after the gate', () => {
  it('[AUCTION-9] what only an open session needs is forgotten: stances and sequences', () => {
    const { market, seller, gateMs } = opened()
    submit(market, seller, sell(seller, 1))
    const kept = () =>
      ['auction/stance/S/', 'chain/sequence/auction.S/'].map((prefix) => [...market.ledger.view().scan(prefix)].length)
    assert.deepEqual(kept(), [1, 1])
    market.block([], gateMs)
    assert.deepEqual(kept(), [0, 0])
    assert.equal(submit(market, seller, sell(seller, 1)).refusal, 'gateClosed')
    assert.deepEqual(kept(), [0, 0])
  })

  it('[AUCTION-11] the root of the book lets each order be proved to have stood at the gate', () => {
    const { market, sellers, buyer, gateMs } = opened()
    for (const each of sellers) submit(market, each, sell(each, 2))
    submit(market, buyer, buy(buyer, 4))
    market.block([], gateMs)
    const view = market.ledger.view()
    const orders = [...unitBooks.entries(view, 'S')].flatMap(([unit, book]) =>
      book.orders.map((order) => ({ unit, ...order })),
    )
    orders.sort((a, b) => a.place - b.place)
    const leaves = orders.map((order) => encodeCanonicalBytes(order))
    const root = merkleRoot(sha256, leaves)
    assert.equal(results.get(view, 'S')?.bookRoot, toHex(root))
    const hashes = leaves.map((leaf) => leafHash(sha256, leaf))
    const tree = new LogTree(sha256)
    for (const hash of hashes) tree.append(hash)
    const path = tree.inclusionProof(2, hashes.length)
    assert.ok(verifyInclusion(sha256, hashes[2] as Uint8Array, 2, hashes.length, path, root))
    assert.ok(!verifyInclusion(sha256, hashes[1] as Uint8Array, 2, hashes.length, path, root))
  })

  it('[AUCTION-12] says of each step whether it is in full, cut at the margin or out of the money', () => {
    const { market, sellers, buyer, gateMs } = opened()
    const [one, two, three] = sellers as [Bidder, Bidder, Bidder]
    submit(
      market,
      one,
      orderOf('S', one.unit, 'sell', [
        [PRICE - 1_000, 2 * LOT_WH],
        [PRICE, 6 * LOT_WH],
      ]),
    )
    submit(market, two, sell(two, 2))
    submit(market, three, sell(three, 5, PRICE + 5_000))
    submit(market, buyer, buy(buyer, 6, PRICE + 2_000))
    submit(market, buyer, buy(buyer, 1, PRICE - 5_000))
    market.block([], gateMs)
    assert.deepEqual(
      awardOf(market, 'S', buyer).map(({ verdicts }) => verdicts),
      [['f'], ['o']],
    )
    const said = sellers.map((each) => awardOf(market, 'S', each).map(({ awardsWh, verdicts }) => [awardsWh, verdicts]))
    assert.deepEqual(said, [
      [
        [
          [[2 * LOT_WH], [3 * LOT_WH]],
          ['f', 'c'],
        ],
      ],
      [[[[LOT_WH]], ['c']]],
      [[[[0]], ['o']]],
    ])
    const [period] = results.get(market.ledger.view(), 'S')?.periods ?? []
    assert.deepEqual(period, {
      period: 1,
      volumeWh: 6 * LOT_WH,
      price: PRICE + 1_000,
      pair: { supply: PRICE, demand: PRICE + 2_000 },
      interval: { low: PRICE, high: PRICE },
      outsideInterval: true,
      supplyTier: { price: PRICE, beforeWh: 2 * LOT_WH, declaredWh: 8 * LOT_WH, awardedWh: 4 * LOT_WH },
      demandTier: { price: PRICE + 2_000, beforeWh: 0, declaredWh: 6 * LOT_WH, awardedWh: 6 * LOT_WH },
    })
  })

  it('[AUCTION-10] the average price of a session is weighted by volume and rounded once, a half upwards', () => {
    for (const [prices, lots, average] of [
      [[PRICE, PRICE + 1], [1, 1], PRICE + 1],
      [[PRICE, PRICE + 1], [2, 1], PRICE],
      [[PRICE, PRICE + 1], [1, 2], PRICE + 1],
      [[-1, 0], [1, 1], 0],
      [[-2, -1], [1, 1], -1],
    ] as const) {
      const { market, seller, buyer, gateMs } = opened({ periods: 2, tick: 1 })
      for (const [by, side] of [
        [seller, 'sell'],
        [buyer, 'buy'],
      ] as const) {
        const volumesWh = [lots.map((each) => each * LOT_WH)]
        submit(market, by, { session: 'S', unit: by.unit, side, periods: [1, 2], prices: [prices], volumesWh })
      }
      market.block([], gateMs)
      assert.equal(results.get(market.ledger.view(), 'S')?.averagePrice, average)
    }
  })

  it('[AUCTION-2] a notice that says nothing of steps allows three in a period', () => {
    const { market, seller } = opened()
    assert.equal(sessions.get(market.ledger.view(), 'S')?.stepsMax, 3)
    const steps = (n: number) => Array.from({ length: n }, (_, at) => [PRICE + at * 1_000, LOT_WH] as const)
    assert.equal(submit(market, seller, orderOf('S', seller.unit, 'sell', steps(4))).refusal, 'tooManySteps')
    assert.equal(submit(market, seller, orderOf('S', seller.unit, 'sell', steps(3))).refusal, undefined)
  })
})
