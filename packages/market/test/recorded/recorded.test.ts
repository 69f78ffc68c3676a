import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Published, recorded, recordedPeriods } from '@dujiang/market'
import { type Outcome, TestMarket, exchange, keyOf, personOf, regulator } from '@dujiang/testing/market-fixture'
import { Reached, repairOneByOne } from '../family-refusals.ts'

const reached = new Reached(recorded)
const market = new TestMarket()
const otherExchange = personOf('EX2', 'a')
const admission = { org: 'EX2', name: '另一交易机构', roles: ['exchange'], keys: [keyOf(otherExchange)] }
market.must(regulator, 'members.org.admit', admission)

const session = (id: string) => ({
  session: id,
  name: '日前市场',
  source: '交易所网站',
  currency: 'EUR',
  periods: 24,
  priceFloor: -50_000_000,
  priceCap: 400_000_000,
  lotWh: 1_000,
  tick: 1_000,
  priceRule: 'interval_mid',
  tieRule: 'pro_rata',
})
const open = (payload: unknown): Outcome => market.run(exchange, 'recorded.session.open', payload)
const bring = (payload: unknown): Outcome => market.run(exchange, 'recorded.book.bring', payload)
const state = (payload: unknown): Outcome => market.run(exchange, 'recorded.volume.state', payload)
const nord = { area: 'NORD', price: 1 }
const side = (prices: number[], volumesWh: number[], inelasticWh = 0) => ({ prices, volumesWh, inelasticWh })

/** Supply 5 at 10, 5 at 30; demand 4 at 40, 4 at 20 (millions): 4 trade, and any price from 20 to 30 clears the book. */
const book = (id: string, period: number, published: Published) => ({
  session: id,
  period,
  supply: side([10_000_000, 30_000_000], [4_000, 5_000]),
  demand: side([40_000_000, 20_000_000], [4_000, 4_000]),
  published,
  remark: '',
})

market.must(otherExchange, 'recorded.session.open', session('FOREIGN'))
market.must(exchange, 'recorded.session.open', session('R'))
market.must(exchange, 'recorded.volume.state', { session: 'R', period: 24, published: { volumeWh: 1 }, remark: '' })

describe('what the acts of recorded sessions are refused for, in order', () => {
  it('[REC-1] refuses a session', () => {
    repairOneByOne(
      reached,
      session('NEW'),
      [
        ['recordedExists', (p) => ({ ...p, session: 'R' })],
        ['recordedLimits', (p) => ({ ...p, priceFloor: p.priceCap + 1 })],
        ['recordedK', (p) => ({ ...p, kPpm: 1 })],
      ],
      open,
    )
  })

  it('[REC-2] refuses a book', () => {
    const good = book('R', 1, {})
    repairOneByOne(
      reached,
      good,
      [
        ['recordedUnknown', (p) => ({ ...p, session: 'NONE' })],
        ['notTheRecorder', (p) => ({ ...p, session: 'FOREIGN' })],
        ['recordedPeriodOutside', (p) => ({ ...p, period: 25 })],
        ['recordedPeriodTaken', (p) => ({ ...p, period: 24 })],
        ['publishedBoth', (p) => ({ ...p, published: { price: 1, areaPrices: [nord, nord] } })],
        ['publishedAreaTwice', (p) => ({ ...p, published: { areaPrices: [nord, { ...nord, price: 2 }] } })],
        ['recordedColumns', (p) => ({ ...p, supply: side([1], []) })],
        ['recordedPrice', (p) => ({ ...p, supply: side([-50_000_001], [1]) })],
        ['recordedLot', (p) => ({ ...p, supply: side([10_000_000], [1]) })],
        ['recordedLot', (p) => ({ ...p, supply: side([], [], 1) })],
        ['recordedColumns', (p) => ({ ...p, demand: side([1], []) })],
        ['recordedTotal', (p) => ({ ...p, demand: side(Array(100).fill(1), Array(100).fill(100_000_000_000_000)) })],
      ],
      bring,
    )
  })

  it('[REC-4] refuses figures without a book', () => {
    const good: { session: string; period: number; published: Published; remark: string } = {
      session: 'R',
      period: 2,
      published: { price: 1 },
      remark: '',
    }
    repairOneByOne(
      reached,
      good,
      [
        ['recordedUnknown', (p) => ({ ...p, session: 'NONE' })],
        ['notTheRecorder', (p) => ({ ...p, session: 'FOREIGN' })],
        ['recordedPeriodOutside', (p) => ({ ...p, period: 25 })],
        ['recordedPeriodTaken', (p) => ({ ...p, period: 24 })],
        ['nothingStated', (p) => ({ ...p, published: {} })],
        ['publishedBoth', (p) => ({ ...p, published: { price: 1, areaPrices: [nord, nord] } })],
        ['publishedAreaTwice', (p) => ({ ...p, published: { areaPrices: [nord, nord] } })],
      ],
      state,
    )
  })

  after(() => assert.deepEqual(reached.missing(), [], 'refusals of recorded sessions that no row has reached'))
})

describe('how a published result stands to the book', () => {
  market.must(exchange, 'recorded.session.open', session('D'))
  let period = 0
  const differenceFor = (published: Published) => {
    period++
    assert.equal(bring(book('D', period, published)).refusal, undefined)
    const row = recordedPeriods.get(market.ledger.view(), 'D', String(period).padStart(2, '0'))
    assert.equal(row?.kind, 'rederived')
    return row?.kind === 'rederived' ? row.difference : undefined
  }
  const rows = [
    ['equal to it', { price: 25_000_000, volumeWh: 4_000 }, { price: 'equal', volume: 'equal' }],
    ['inside the interval, at its lower end', { price: 20_000_000 }, { price: 'inside', volume: 'notCompared' }],
    ['inside the interval, at its upper end', { price: 30_000_000 }, { price: 'inside', volume: 'notCompared' }],
    ['one below the interval', { price: 19_999_999 }, { price: 'outside', byPrice: -1, volume: 'notCompared' }],
    ['one above the interval', { price: 30_000_001 }, { price: 'outside', byPrice: 1, volume: 'notCompared' }],
    ['short by a lot', { volumeWh: 3_000 }, { price: 'notCompared', volume: 'differs', byVolumeWh: -1_000 }],
    [
      'published by area',
      {
        areaPrices: [
          { area: 'NORD', price: 1 },
          { area: 'SUD', price: 25_000_000 },
        ],
      },
      { price: 'notCompared', volume: 'notCompared' },
    ],
    ['not published', {}, { price: 'notCompared', volume: 'notCompared' }],
  ] as const
  for (const [what, published, difference] of rows) {
    it(`[REC-3] says when it is ${what}`, () => assert.deepEqual(differenceFor(published), difference))
  }

  it('[REC-2] inelastic volume counts at the limits, ahead in time', () => {
    market.must(exchange, 'recorded.session.open', { ...session('I'), tieRule: 'time' })
    const inelastic = {
      ...book('I', 1, {}),
      supply: side([-50_000_000], [2_000], 1_000),
      demand: side([], [], 2_000),
    }
    assert.equal(bring(inelastic).refusal, undefined)
    const row = recordedPeriods.get(market.ledger.view(), 'I', '01')
    assert.deepEqual(
      row?.kind === 'rederived' ? [row.result.volumeWh, row.result.supplyTier, row.result.demandTier] : [],
      [
        2_000,
        { price: -50_000_000, beforeWh: 0, declaredWh: 3_000, awardedWh: 2_000 },
        { price: 400_000_000, beforeWh: 0, declaredWh: 2_000, awardedWh: 2_000 },
      ],
    )
  })

  it('[REC-5] a session whose last period is on record leaves no sequence behind, whatever is refused later', () => {
    market.must(exchange, 'recorded.session.open', { ...session('E'), periods: 2 })
    const kept = () => [...market.ledger.view().scan('chain/sequence/recorded.E/')].length
    assert.equal(bring(book('E', 2, {})).refusal, undefined)
    assert.equal(kept(), 1)
    const stated = { session: 'E', period: 1, published: { volumeWh: 1 }, remark: '' }
    assert.equal(state(stated).refusal, undefined)
    assert.equal(state(stated).refusal, 'recordedPeriodTaken')
    assert.equal(kept(), 0)
  })

  it('[REC-4] figures without a book are stated, and carry no result', () => {
    const row = recordedPeriods.get(market.ledger.view(), 'R', '24')
    assert.deepEqual(row, { kind: 'stated', published: { volumeWh: 1 }, remark: '' })
  })
})
