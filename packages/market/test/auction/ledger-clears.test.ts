import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  type Book,
  type OrderPayload,
  PRICE_RULES,
  type PriceRule,
  TIE_RULES,
  type TieRule,
  awards,
  clearBook,
  periodResult,
  results,
} from '@dujiang/market'
import { TestMarket, defaultRules } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, TICK, bidder, openSession, submit } from '@dujiang/testing/market-session'

const FLOOR = -5_000_000
const SELLERS = 4
const BUYERS = 4

/** What one bidder offers in each period: a few steps, as ticks from the floor and lots. */
type Offer = readonly (readonly { readonly ticks: number; readonly lots: number }[])[]

/** Few prices, so that ties are common and margins are cut; some are negative. */
const offers = (periods: number): fc.Arbitrary<Offer> => {
  const step = fc.record({ ticks: fc.integer({ min: 0, max: 12 }), lots: fc.integer({ min: 1, max: 9 }) })
  const steps = fc.uniqueArray(step, { maxLength: 3, selector: ({ ticks }) => ticks })
  return fc.array(steps, { minLength: periods, maxLength: periods })
}

function orderOf(session: string, unit: string, side: 'sell' | 'buy', offer: Offer): OrderPayload | undefined {
  const sign = side === 'sell' ? 1 : -1
  const columns = offer.map((steps) => [...steps].sort((a, b) => sign * (a.ticks - b.ticks)))
  const rows = Math.max(...columns.map((steps) => steps.length))
  if (rows === 0) return undefined
  const table = (cell: (step: Offer[number][number]) => number) =>
    Array.from({ length: rows }, (_, row) => columns.map((steps) => (steps[row] === undefined ? 0 : cell(steps[row]))))
  return {
    session,
    unit,
    side,
    periods: offer.map((_, at) => at + 1),
    prices: table(({ ticks }) => FLOOR + ticks * 1_000_000),
    volumesWh: table(({ lots }) => lots * LOT_WH),
  }
}

/** The book of a period, filled here from the orders in the order in which they were sent, not by the code under test. */
function bookOf(orders: readonly OrderPayload[], period: number, rule: Rule): Book {
  const side = {
    sell: { price: [] as number[], qty: [] as number[] },
    buy: { price: [] as number[], qty: [] as number[] },
  }
  for (const { side: name, prices, volumesWh } of orders) {
    for (let row = 0; row < prices.length; row++) {
      const volume = volumesWh[row]?.[period - 1] as number
      if (volume === 0) continue
      side[name].price.push(prices[row]?.[period - 1] as number)
      side[name].qty.push(volume)
    }
  }
  return {
    supplyPrice: Float64Array.from(side.sell.price),
    supplyQty: Float64Array.from(side.sell.qty),
    demandPrice: Float64Array.from(side.buy.price),
    demandQty: Float64Array.from(side.buy.qty),
    lot: LOT_WH,
    tick: TICK,
    floor: FLOOR,
    cap: 48_144_000,
    ...rule,
  }
}

type Rule = { readonly priceRule: PriceRule; readonly tieRule: TieRule; readonly kPpm?: number }
const ruleOf = (priceRule: PriceRule, tieRule: TieRule): Rule =>
  priceRule === 'k' ? { priceRule, tieRule, kPpm: 333_333 } : { priceRule, tieRule }

const market = new TestMarket({ rules: { ...defaultRules } })
const bidders: readonly (Bidder & { readonly side: 'sell' | 'buy' })[] = [
  ...Array.from({ length: SELLERS }, (_, at) => ({ ...bidder(market, `G${at}`, 'sell'), side: 'sell' as const })),
  ...Array.from({ length: BUYERS }, (_, at) => ({ ...bidder(market, `U${at}`, 'buy'), side: 'buy' as const })),
]
let sessions = 0

function ledgerAgrees(rule: Rule, periods: number, offered: readonly Offer[]): void {
  const session = `S${++sessions}`
  const { gateMs } = openSession(market, session, bidders, { ...rule, periods })
  const sent: OrderPayload[] = []
  bidders.forEach((by, at) => {
    const order = orderOf(session, by.unit, by.side, offered[at] as Offer)
    if (order === undefined) return
    assert.equal(submit(market, by, order).refusal, undefined)
    sent.push(order)
  })
  market.block([], gateMs)
  const view = market.ledger.view()
  const result = results.get(view, session)
  for (let period = 1; period <= periods; period++) {
    const clearing = clearBook(bookOf(sent, period, rule))
    assert.deepEqual(result?.periods[period - 1], periodResult(period, clearing))
    const awarded = { sell: [...clearing.supplyAward], buy: [...clearing.demandAward] }
    for (const { unit, side, volumesWh } of sent) {
      const given = awards.get(view, session, unit)?.awards[0]
      volumesWh.forEach((row, step) => {
        if (row[period - 1] === 0) return
        assert.equal(given?.awardsWh[step]?.[period - 1], awarded[side].shift())
      })
    }
  }
}

describe('a session cleared by the ledger is the book cleared by itself', () => {
  const every = (periods: number) => fc.array(offers(periods), { minLength: bidders.length, maxLength: bidders.length })

  for (const priceRule of PRICE_RULES) {
    for (const tieRule of TIE_RULES) {
      it(`[AUCTION-10] by price rule ${priceRule} and tie rule ${tieRule}`, () => {
        const runs = { numRuns: process.env['DUJIANG_LONG'] === '1' ? 100 : 4, seed: 20261 }
        fc.assert(
          fc.property(every(3), (offered) => ledgerAgrees(ruleOf(priceRule, tieRule), 3, offered)),
          runs,
        )
      })
    }
  }

  it('[AUCTION-10] in each of 96 periods, each a book of its own', () => {
    fc.assert(
      fc.property(every(96), (offered) => ledgerAgrees(ruleOf('interval_mid', 'pro_rata'), 96, offered)),
      { numRuns: 2, seed: 20262 },
    )
  })
})
