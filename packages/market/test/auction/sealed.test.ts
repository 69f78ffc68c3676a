import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type UnitBook, dujiangMarket, unitBooks } from '@dujiang/market'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'

const PRICE = 20_000_000
const sell = (by: Bidder, lots: number) => orderOf('S', by.unit, 'sell', [[PRICE, lots * LOT_WH]])

function opened() {
  const market = new TestMarket()
  const [seller, other] = ['G1', 'G2'].map((org) => bidder(market, org, 'sell')) as [Bidder, Bidder]
  const { gateMs } = openSession(market, 'S', [seller, other])
  return { market, seller, other, gateMs }
}

describe('what is shown before the gate', () => {
  it('[AUCTION-7] two orders of one bidder do not tell how many others were placed between them', () => {
    const placesWith = (others: number) => {
      const { market, seller, other } = opened()
      const submitting = (by: Bidder) => market.act(by, 'auction.order.submit', sell(by, 1))
      const first = market.block([submitting(seller)])
      market.block(Array.from({ length: others }, () => submitting(other)))
      const second = market.block([submitting(seller)])
      for (const { events } of [...first, ...second]) {
        assert.deepEqual(Object.keys(events[0]?.data ?? {}), ['session', 'unit', 'order'])
      }
      const { orders } = unitBooks.get(market.ledger.view(), 'S', seller.unit) as UnitBook
      return orders.map(({ place }) => place)
    }
    const alone = placesWith(0)
    assert.deepEqual(placesWith(3), alone)
    assert.equal((alone[1] as number) - (alone[0] as number), 2 * 2 ** 20)
  })

  it('[AUCTION-15] a full session does not say how full it is', () => {
    const market = new TestMarket({ rules: { liveStepsMax: 2 } })
    const sellers = ['G1', 'G2'].map((org) => bidder(market, org, 'sell'))
    const [one, two] = sellers as [Bidder, Bidder]
    openSession(market, 'S', sellers)
    submit(market, one, sell(one, 1))
    const steps = [PRICE, PRICE + 1_000].map((price) => [price, LOT_WH] as const)
    const { refusal, facts } = submit(market, two, orderOf('S', two.unit, 'sell', steps))
    assert.deepEqual([refusal, facts], ['sessionFull', { session: 'S', steps: 2, stepsMax: 2 }])
  })

  it('[AUCTION-15] an order, its row and its stance are its organisation’s alone until the gate, and everyone’s after', () => {
    const { market, seller, gateMs } = opened()
    const app = dujiangMarket()
    submit(market, seller, sell(seller, 1))
    const rows = ['auction/book/S/G1.1', 'auction/stance/S/G1']
    const signed = { id: '', org: 'G1', key: '', person: 'a', sequence: 1, payload: sell(seller, 1) }
    const readers = () => {
      const view = market.ledger.view()
      const act = app.actReaders(view, 'auction.order.submit', 1, signed)
      return [act, ...rows.map((key) => app.rowReaders(view, key)), app.rowReaders(view, 'auction/load/S')]
    }
    assert.deepEqual(readers(), [['G1'], ['G1'], ['G1'], []])
    assert.equal(app.holdsSecrets(market.ledger.view()), true)
    assert.equal(app.rowReaders(market.ledger.view(), 'auction/tally/S'), undefined)
    market.block([], gateMs)
    assert.deepEqual(readers(), [undefined, undefined, undefined, undefined])
    assert.equal(app.holdsSecrets(market.ledger.view()), false)
  })
})
