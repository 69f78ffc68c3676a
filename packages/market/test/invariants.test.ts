import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Defect } from '@dujiang/chain'
import {
  type Load,
  type MadeChange,
  type Market,
  type PeriodResult,
  type RecordedPeriod,
  type Result,
  type RuleSet,
  type Unit,
  type UnitAwards,
  type UnitBook,
  type ValidatorProposal,
  type ValidatorRow,
  awards,
  changes,
  families,
  loads,
  preparedChanges,
  recordedPeriods,
  results,
  ruleSets,
  unitBooks,
  units,
  validatorProposals,
  validators,
} from '@dujiang/market'
import {
  TestMarket,
  defaultRules,
  exchange,
  exchangeOther,
  regulator,
  validatorOf,
} from '@dujiang/testing/market-fixture'
import { LOT_WH, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'
import { earlier, planted, rows } from './planted.ts'

const PRICE = 20_000_000
const shown = new Set<string>()

/** Fails unless the act of `drive` stops the node by this law; `drive` returns what must stop it. */
function bites(law: string, app: Market, drive: (market: TestMarket) => () => unknown): void {
  const last = drive(new TestMarket({ app }))
  assert.throws(last, (error) => error instanceof Defect && error.invariant === law, `${law} did not bite`)
  shown.add(law)
}

/** A session in which 2 lots of 3 are sold; the gate is what must stop the node. */
const clearing = (market: TestMarket) => {
  const seller = bidder(market, 'G', 'sell')
  const buyer = bidder(market, 'U', 'buy')
  const { gateMs } = openSession(market, 'S', [seller, buyer])
  submit(market, seller, orderOf('S', seller.unit, 'sell', [[PRICE, 3 * LOT_WH]]))
  submit(market, buyer, orderOf('S', buyer.unit, 'buy', [[PRICE + 2_000, 2 * LOT_WH]]))
  return () => market.block([], gateMs)
}
const submitting = (market: TestMarket) => {
  const trader = bidder(market, 'R', 'both')
  openSession(market, 'S', [trader])
  return () => submit(market, trader, orderOf('S', trader.unit, 'sell', [[PRICE, LOT_WH]]))
}
const periodsOf = (change: (period: PeriodResult) => PeriodResult) =>
  rows<Result>(results, (row) => ({ ...row, periods: row.periods.map(change) }))

describe('each law bites: a planted violation stops the node and names the law', () => {
  it('[AUCTION-20] a volume that is not what was awarded', () => {
    bites(
      'AUCTION-20',
      planted(
        'auction.gate',
        periodsOf((p) => ({ ...p, volumeWh: p.volumeWh + LOT_WH })),
      ),
      clearing,
    )
  })

  it('[AUCTION-20] an award above what was offered, and one on a side only', () => {
    const awarding = (wh: number) =>
      rows<UnitAwards>(awards, (row) => ({ ...row, awards: row.awards.map((each) => ({ ...each, awardsWh: [[wh]] })) }))
    bites('AUCTION-20', planted('auction.gate', awarding(4 * LOT_WH)), clearing)
    bites('AUCTION-20', planted('auction.gate', awarding(LOT_WH)), clearing)
    bites('AUCTION-20', planted('auction.gate', awarding(-LOT_WH)), clearing)
  })

  it('[AUCTION-20] an award for an order that is not in the book', () => {
    const elsewhere = rows<UnitAwards>(awards, (row) => ({
      ...row,
      awards: row.awards.map((each) => ({ ...each, order: 'none' })),
    }))
    bites('AUCTION-20', planted('auction.gate', elsewhere), clearing)
  })

  it('[AUCTION-21] a price below what a seller asked, or above what a buyer bid', () => {
    for (const price of [PRICE - 1, PRICE + 2_001]) {
      bites(
        'AUCTION-21',
        planted(
          'auction.gate',
          periodsOf((p) => ({ ...p, price })),
        ),
        clearing,
      )
    }
  })

  it('[AUCTION-22] a counter that is one off', () => {
    const off = rows<Load>(loads, (row) => ({ ...row, liveSteps: row.liveSteps + 1 }))
    bites('AUCTION-22', planted('auction.order.submit', off), clearing)
    const lost = rows<Load>(loads, (row) => ({ ...row, limitsWh: row.limitsWh - 1 }))
    bites('AUCTION-22', planted('auction.session.invite', lost), clearing)
  })

  it('[AUCTION-23] an order above its unit’s limit, or of more steps than the notice allows', () => {
    const book = (volumesWh: number[][]) =>
      rows<UnitBook>(unitBooks, (row) => ({ ...row, orders: row.orders.map((order) => ({ ...order, volumesWh })) }))
    bites('AUCTION-23', planted('auction.order.submit', book([[1_001 * LOT_WH]])), submitting)
    bites('AUCTION-23', planted('auction.order.submit', book([[1], [1], [1], [1]])), submitting)
  })

  it('[AUCTION-24] an organisation on both sides of a period at the gate', () => {
    const both = rows<UnitBook>(unitBooks, (row) => ({
      ...row,
      orders: row.orders.flatMap((order) => [order, { ...order, id: 'other', side: 'buy' as const }]),
    }))
    const uncounted = (effects: Parameters<typeof both>[0], view: Parameters<typeof both>[1]) =>
      rows<Load>(loads, (row) => ({ ...row, liveSteps: row.liveSteps + 1 }))(both(effects, view), view)
    bites('AUCTION-24', planted('auction.order.submit', uncounted), (market) => {
      const trader = bidder(market, 'R', 'both')
      const { gateMs } = openSession(market, 'S', [trader])
      submit(market, trader, orderOf('S', trader.unit, 'sell', [[PRICE, LOT_WH]]))
      return () => market.block([], gateMs)
    })
  })

  it('[AUCTION-25] a gate one millisecond late', () => {
    const late = planted(
      'auction.order.submit',
      (effects) => effects,
      (view) => earlier(view, 1),
    )
    bites('AUCTION-25', late, (market) => {
      const trader = bidder(market, 'R', 'both')
      const { gateMs } = openSession(market, 'S', [trader])
      return () => submit(market, trader, orderOf('S', trader.unit, 'sell', [[PRICE, LOT_WH]]), gateMs)
    })
  })

  it('[AUCTION-27] a void session that keeps an order, [AUCTION-28] voided by one person, [AUCTION-29] and a change that waits', () => {
    const voiding = (market: TestMarket) => {
      const seller = bidder(market, 'G', 'sell')
      openSession(market, 'S', [seller])
      submit(market, seller, orderOf('S', seller.unit, 'sell', [[PRICE, LOT_WH]]))
      market.must(exchange, 'auction.change.prepare', { session: 'S', change: { kind: 'void' }, reason: '有误' })
      const change = preparedChanges.get(market.ledger.view(), 'S')?.digest
      return () => market.run(exchangeOther, 'auction.change.approve', { session: 'S', change })
    }
    const keeping = (name: string) =>
      planted('auction.change.approve', (effects) =>
        effects.filter((effect) => effect.kind !== 'drop' || !effect.key.startsWith(`${name}/`)),
      )
    for (const name of ['auction/book', 'auction/stance', 'auction/load']) bites('AUCTION-27', keeping(name), voiding)
    bites('AUCTION-29', keeping(preparedChanges.name), voiding)
    const alone = rows<MadeChange>(changes, (row) => ({ ...row, approvedBy: row.preparedBy }))
    bites('AUCTION-28', planted('auction.change.approve', alone), voiding)
  })

  it('[MEM-20] a unit of nobody, [MEM-21] a unit with another’s plant', () => {
    const registering = (market: TestMarket) => {
      bidder(market, 'U', 'buy')
      return () => bidder(market, 'G', 'sell')
    }
    const to = (change: Partial<Unit>) =>
      planted(
        'members.unit.register',
        rows<Unit>(units, (row) => (row.org === 'G' ? { ...row, ...change } : row)),
      )
    bites('MEM-20', to({ org: 'NOBODY' }), registering)
    bites('MEM-21', to({ org: 'U' }), registering)
  })

  it('[RULES-20] rules set by one organisation alone, [RULES-21] and rules that do not take effect', () => {
    const changing = (market: TestMarket) => {
      const fromMs = market.nowMs + 60_000
      const payload = { name: 'SC-2', document: '', fromMs, values: defaultRules }
      const { id } = market.must(exchange, 'rules.change.propose', payload)
      return () => {
        market.must(regulator, 'rules.change.approve', { proposal: id })
        market.block([], fromMs)
      }
    }
    const alone = rows<RuleSet>(ruleSets, (row) => ({ ...row, approvedBy: row.proposedBy }))
    bites('RULES-20', planted('rules.change.approve', alone), changing)
    const asOther = planted(
      'rules.takeEffect',
      rows<RuleSet>({ name: 'rules/current' }, (row) => ({ ...row, name: 'X' })),
    )
    bites('RULES-21', asOther, changing)
  })

  it('[NETWORK-20] a validator without power, [NETWORK-21] or of nobody, [NETWORK-23] and one that approves twice', () => {
    const key = validatorOf('REG').key
    const lowering = { change: { kind: 'power', key: validatorOf('SCPX').key, power: 1 } }
    const alone = (market: TestMarket) => () => market.must(exchange, 'network.validator.propose', lowering)
    const to = (change: Partial<ValidatorRow>) =>
      planted(
        'network.validator.propose',
        rows<ValidatorRow>(validators, (row) => ({ ...row, ...change })),
      )
    bites('NETWORK-20', to({ power: 0 }), alone)
    bites('NETWORK-21', to({ org: 'NOBODY' }), alone)
    const twice = rows<ValidatorProposal>(validatorProposals, (row) => ({ ...row, approvals: ['SCPX', 'SCPX'] }))
    bites('NETWORK-23', planted('network.validator.propose', twice), () => {
      const four = ['SCPX', 'REG', 'DISP', 'GRID'].map((org) => validatorOf(org, { power: 2 }))
      const market = new TestMarket({ app: planted('network.validator.propose', twice), validators: four })
      return () => market.must(exchange, 'network.validator.propose', { change: { kind: 'remove', key } })
    })
  })

  it('[REC-20] a re-derived volume that its tiers do not bear out', () => {
    const wrong = rows<RecordedPeriod>(recordedPeriods, (row) =>
      row.kind === 'stated' ? row : { ...row, result: { ...row.result, volumeWh: row.result.volumeWh + 1 } },
    )
    bites('REC-20', planted('recorded.book.bring', wrong), (market) => {
      const session = { session: 'R', name: 'r', source: '', currency: 'CNY', periods: 1, lotWh: 1, tick: 1 }
      const prices = { priceFloor: 0, priceCap: 100, priceRule: 'interval_mid', tieRule: 'time' }
      market.must(exchange, 'recorded.session.open', { ...session, ...prices })
      const side = { prices: [5], volumesWh: [7], inelasticWh: 0 }
      const book = { session: 'R', period: 1, supply: side, demand: side, published: {}, remark: '' }
      return () => market.run(exchange, 'recorded.book.bring', book)
    })
  })

  after(() => {
    const laws = families.flatMap(({ invariants }) => invariants.map(({ name }) => name))
    assert.deepEqual(
      laws.filter((law) => !shown.has(law)),
      [],
      'laws no planted violation has broken',
    )
  })
})
