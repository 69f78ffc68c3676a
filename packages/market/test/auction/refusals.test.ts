import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { type Session, auction, bulletins, preparedChanges, sessions } from '@dujiang/market'
import {
  type Outcome,
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
  regulator,
} from '@dujiang/testing/market-fixture'
import { LOT_WH, TICK, bidder, noticeOf, openSession, orderOf, plantOf, submit } from '@dujiang/testing/market-session'
import { type Mistake, Reached, repairOneByOne } from '../family-refusals.ts'

const reached = new Reached(auction)
const PERIODS = 96

/** Sessions in every state: OPEN, LATER, CLOSED and DONE (cleared), CHECKED, VOID, FOREIGN (another exchange's). */
const market = new TestMarket({
  rules: { priceRules: ['last_pair_mid', 'k'], tieRules: ['pro_rata'], liveStepsMax: 110 },
})
const generator = bidder(market, 'GEN', 'sell')
const user = bidder(market, 'USER', 'buy')
const many = bidder(market, 'MANY', 'both')
for (const [unit, level] of [
  ['GEN.2', 'provincial'],
  ['GEN.3', 'national'],
] as const) {
  market.must(dispatcher, 'members.plant.register', plantOf(`${unit}.P`, 'GEN', level))
  const row = { unit, name: unit, org: 'GEN', side: 'both', plant: `${unit}.P` }
  market.must(exchange, 'members.unit.register', row)
}
market.must(exchange, 'members.unit.register', { unit: 'MANY.2', name: '二', org: 'MANY', side: 'both' })
const second = { ...many, unit: 'MANY.2' }

const otherExchange = personOf('EX2', 'a')
const admission = { org: 'EX2', name: '另一交易机构', roles: ['exchange'], keys: [keyOf(otherExchange)] }
market.must(regulator, 'members.org.admit', admission)
market.must(otherExchange, 'auction.sequence.open', { sequence: 'Q2', name: '另' })
market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
const later = { opensMs: market.nowMs + 86_400_000, gateMs: market.nowMs + 90_000_000, periods: PERIODS }
market.must(otherExchange, 'auction.session.announce', noticeOf(market, 'FOREIGN', { ...later, sequence: 'Q2' }))
market.must(exchange, 'auction.session.announce', noticeOf(market, 'LATER', later))
market.must(exchange, 'auction.session.announce', noticeOf(market, 'VOID', later))
const toVoid = { session: 'VOID', change: { kind: 'void' }, reason: '公告有误' }
market.must(exchange, 'auction.change.prepare', toVoid)
const preparedOf = (session: string) => preparedChanges.get(market.ledger.view(), session)?.digest as string
market.must(exchangeOther, 'auction.change.approve', { session: 'VOID', change: preparedOf('VOID') })
for (const session of ['CLOSED', 'CHECKED', 'DONE']) {
  const { gateMs } = openSession(market, session, [generator, user])
  market.block([], gateMs)
}
const resultOf = (session: string): string => sessions.get(market.ledger.view(), session)?.result as string
market.must(dispatcher, 'auction.check.pass', { session: 'CHECKED', result: resultOf('CHECKED'), remark: '' })
const longGate = { gateMs: market.nowMs + 80_000_000, periods: PERIODS }
openSession(market, 'OPEN', [generator, user, many, second], longGate, 10 * LOT_WH)

const by =
  <P>(person: Person, act: string) =>
  (payload: P): Outcome =>
    market.run(person, act, payload)

describe('what the acts of the auction are refused for, in order', () => {
  it('[AUCTION-1] refuses a sequence that exists', () => {
    const payload = { sequence: 'Q', name: '月度' }
    reached.expect(market.run(exchange, 'auction.sequence.open', payload), 'sequenceExists')
  })

  it('[AUCTION-2] refuses a notice', () => {
    const good = noticeOf(market, 'NEW', { gateMs: market.nowMs + 7_200_000 })
    type Notice = typeof good & { stepsMax?: number; kPpm?: number }
    repairOneByOne<Notice>(
      reached,
      { ...good, opensMs: market.nowMs + 3_600_000 },
      [
        ['sessionExists', (p) => ({ ...p, session: 'LATER' })],
        ['sequenceUnknown', (p) => ({ ...p, sequence: 'NONE' })],
        ['sequenceNotYours', (p) => ({ ...p, sequence: 'Q2' })],
        ['noticeTimes', (p) => ({ ...p, opensMs: market.nowMs + 1_000 })],
        ['noticeTimes', (p) => ({ ...p, opensMs: p.gateMs })],
        ['gateTooFar', (p) => ({ ...p, gateMs: market.nowMs + 1_001 + 400 * 86_400_000 })],
        ['noticeDelivery', (p) => ({ ...p, deliveryFrom: '2027-01-01' })],
        ['noticeLimits', (p) => ({ ...p, priceCap: 80_001_000 })],
        ['noticeLimits', (p) => ({ ...p, priceFloor: -5_001_000 })],
        ['noticeLimits', (p) => ({ ...p, priceFloor: p.priceCap + TICK })],
        ['noticeTick', (p) => ({ ...p, tick: 5_001_000 })],
        ['noticeRule', (p) => ({ ...p, priceRule: 'interval_low' })],
        ['noticeRule', (p) => ({ ...p, tieRule: 'time' })],
        ['noticeRule', (p) => ({ ...p, stepsMax: 6 })],
        ['noticeK', (p) => ({ ...p, kPpm: 1 })],
      ],
      by(exchange, 'auction.session.announce'),
    )
    const withoutK = { ...good, session: 'NEW2', opensMs: market.nowMs + 3_600_000, priceRule: 'k' }
    reached.expect(market.run(exchange, 'auction.session.announce', withoutK), 'noticeK')
  })

  it('[AUCTION-3] refuses invitations', () => {
    const units = (...list: (readonly [unit: string, periods: number, limitWh: number])[]) =>
      list.map(([unit, periods, limitWh]) => ({ unit, limitWh: Array<number>(periods).fill(limitWh) }))
    const one = [generator.unit, PERIODS, LOT_WH] as const
    repairOneByOne(
      reached,
      { session: 'LATER', units: units(one, ['USER.1', PERIODS, LOT_WH]) },
      [
        ['sessionUnknown', (p) => ({ ...p, session: 'NONE' })],
        ['notTheOrganiser', (p) => ({ ...p, session: 'FOREIGN' })],
        ['sessionVoided', (p) => ({ ...p, session: 'VOID' })],
        ['invitationsClosed', (p) => ({ ...p, session: 'OPEN' })],
        ['unitTwice', (p) => ({ ...p, units: units(one, one, ['NONE', 1, 0]) })],
        ['unitUnknown', (p) => ({ ...p, units: units(one, ['NONE', 1, LOT_WH]) })],
        ['notProvincial', (p) => ({ ...p, units: units(one, ['GEN.3', 1, LOT_WH]) })],
        ['limitPeriods', (p) => ({ ...p, units: units(one, ['USER.1', 1, LOT_WH]) })],
        ['limitsTotal', (p) => ({ ...p, units: units(one, ['USER.1', PERIODS, 100_000_000_000_000]) })],
      ],
      by(exchange, 'auction.session.invite'),
    )
  })

  const timeMistakes = <P extends { session: string }>(): readonly Mistake<P>[] => [
    ['sessionVoided', (p) => ({ ...p, session: 'VOID' })],
    ['notYetOpen', (p) => ({ ...p, session: 'LATER' })],
    ['gateClosed', (p) => ({ ...p, session: 'CLOSED' })],
  ]

  it('[AUCTION-5] refuses an order that does not hold together', () => {
    const good = {
      session: 'OPEN',
      unit: 'GEN.1',
      side: 'sell',
      periods: [1, 2],
      prices: [
        [20_000_000, 20_000_000],
        [25_000_000, 0],
      ],
      volumesWh: [
        [LOT_WH, LOT_WH],
        [LOT_WH, 0],
      ],
    }
    type Order = typeof good
    const cells = (p: Order, first: [number, number], secondStep: [number, number] = [0, 0]): Order => ({
      ...p,
      prices: [
        [first[0], 0],
        [secondStep[0], 0],
      ],
      volumesWh: [
        [first[1], 0],
        [secondStep[1], 0],
      ],
    })
    const mistakes: readonly Mistake<Order>[] = [
      ...timeMistakes<Order>(),
      ['unitUnknown', (p) => ({ ...p, unit: 'NONE' })],
      ['unitNotYours', (p) => ({ ...p, unit: user.unit })],
      ['notInvited', (p) => ({ ...p, unit: 'GEN.2' })],
      ['wrongSide', (p) => ({ ...p, side: 'buy' })],
      ['periodsOrder', (p) => ({ ...p, periods: [2, 1] })],
      ['periodsOrder', (p) => ({ ...p, periods: [1, 1] })],
      ['shapeMismatch', (p) => ({ ...p, prices: p.prices.slice(0, 1) })],
      ['shapeMismatch', (p) => ({ ...p, volumesWh: [p.volumesWh[0] as number[], [LOT_WH]] })],
      ['stepEmpty', (p) => cells(p, [TICK, 0])],
      ['stepEmpty', (p) => cells(p, [0, 0], [TICK, LOT_WH])],
      ['belowFloor', (p) => cells(p, [-5_000_001, LOT_WH + 1])],
      ['aboveCap', (p) => cells(p, [48_144_001, LOT_WH + 1])],
      ['offTick', (p) => cells(p, [20_000_001, LOT_WH + 1])],
      ['offLot', (p) => cells(p, [20_000_000, LOT_WH + 1])],
      ['stepsOrder', (p) => cells(p, [20_000_000, LOT_WH], [20_000_000, LOT_WH])],
      ['nothingOffered', (p) => cells(p, [0, 0])],
    ]
    repairOneByOne(reached, good, mistakes, by(generator, 'auction.order.submit'))
  })

  it('[AUCTION-6] refuses an order that does not fit beside others, and says what would', () => {
    const wanted = { unit: 'MANY.2', side: 'sell' as 'sell' | 'buy', steps: 1, periods: 1, volumeWh: LOT_WH }
    const order = ({ unit, side, steps, periods, volumeWh }: typeof wanted) => ({
      session: 'OPEN',
      unit,
      side,
      periods: Array.from({ length: periods }, (_, at) => at + 1),
      prices: Array.from({ length: steps }, (_, at) =>
        Array<number>(periods).fill(10_000_000 + (side === 'sell' ? at : -at) * TICK),
      ),
      volumesWh: Array.from({ length: steps }, () => Array<number>(periods).fill(volumeWh)),
    })
    const orders = Array.from({ length: PERIODS }, (_, at) =>
      market.act(many, 'auction.order.submit', orderOf('OPEN', many.unit, 'sell', [[TICK, LOT_WH]], at + 1)),
    )
    for (const outcome of market.block(orders)) assert.equal(outcome.code, 0)
    const run = (payload: typeof wanted): Outcome => market.run(many, 'auction.order.submit', order(payload))
    repairOneByOne<typeof wanted>(
      reached,
      wanted,
      [
        ['ordersMany', (p) => ({ ...p, unit: many.unit })],
        ['tooManySteps', (p) => ({ ...p, steps: 4 })],
        ['overLimit', (p) => ({ ...p, volumeWh: 11 * LOT_WH })],
        ['bothSides', (p) => ({ ...p, side: 'buy' })],
        ['sessionFull', (p) => ({ ...p, periods: 20 })],
      ],
      run,
    )
    const { facts } = run({ ...wanted, volumeWh: 10 * LOT_WH })
    const said = { period: 1, volumeWh: 10 * LOT_WH, limitWh: 10 * LOT_WH, usedWh: LOT_WH, fitsWh: 9 * LOT_WH }
    assert.deepEqual(facts, said)
  })

  it('[AUCTION-8] refuses to replace or cancel what is not there', () => {
    const live = submit(market, user, orderOf('OPEN', user.unit, 'buy', [[30_000_000, LOT_WH]])).id as string
    const nowhere = 'ab'.repeat(32)
    const replacing = { ...orderOf('OPEN', user.unit, 'buy', [[30_000_000, 99 * LOT_WH]]), order: nowhere }
    reached.expect(market.run(user, 'auction.order.replace', replacing), 'orderUnknown')
    repairOneByOne<{ session: string; unit: string; order: string }>(
      reached,
      { session: 'OPEN', unit: user.unit, order: live },
      [
        ...timeMistakes<{ session: string; unit: string; order: string }>(),
        ['unitUnknown', (p) => ({ ...p, unit: 'NONE' })],
        ['unitNotYours', (p) => ({ ...p, unit: generator.unit })],
        ['orderUnknown', (p) => ({ ...p, order: nowhere })],
      ],
      by(user, 'auction.order.cancel'),
    )
  })

  const organiserMistakes = <P extends { session: string }>(): readonly Mistake<P>[] => [
    ['sessionUnknown', (p) => ({ ...p, session: 'NONE' })],
    ['notTheOrganiser', (p) => ({ ...p, session: 'FOREIGN' })],
  ]

  it('[AUCTION-15] refuses a reminder', () => {
    type Reminder = { session: string }
    const everybody = openSession(market, 'ALL', [user], { gateMs: market.nowMs + 40_000 })
    submit(market, user, orderOf('ALL', user.unit, 'buy', [[30_000_000, LOT_WH]]))
    assert.ok(market.nowMs < everybody.gateMs)
    repairOneByOne<Reminder>(
      reached,
      { session: 'OPEN' },
      [
        ...organiserMistakes<Reminder>(),
        ...timeMistakes<Reminder>(),
        ['allSubmitted', (p) => ({ ...p, session: 'ALL' })],
      ],
      by(exchange, 'auction.session.remind'),
    )
  })

  it('[AUCTION-18] refuses a postponement', () => {
    const timesOf = (session: string) => {
      const { opensMs, gateMs, deliveryFrom, deliveryTo } = sessions.get(market.ledger.view(), session) as Session
      return { kind: 'postpone', opensMs, gateMs, deliveryFrom, deliveryTo }
    }
    const asItIs = timesOf('LATER')
    const good = { session: 'LATER', change: { ...asItIs, gateMs: asItIs.gateMs + 1 }, reason: '检修' }
    type Change = typeof good
    const times =
      (over: Partial<typeof asItIs>) =>
      (p: Change): Change => ({ ...p, change: { ...p.change, ...over } })
    repairOneByOne<Change>(
      reached,
      good,
      [
        ...organiserMistakes<Change>(),
        ['tooLateToChange', (p) => ({ ...p, session: 'CLOSED' })],
        ['postponeOpened', (p) => ({ ...p, session: 'OPEN' })],
        ['postponeEarlier', times({ opensMs: asItIs.opensMs - 1 })],
        ['postponeEarlier', times({ gateMs: asItIs.gateMs - 1 })],
        ['postponeEarlier', times({ deliveryFrom: '2026-11-30' })],
        ['noticeTimes', times({ opensMs: asItIs.gateMs + 1, gateMs: asItIs.gateMs + 1 })],
        ['gateTooFar', times({ opensMs: asItIs.opensMs, gateMs: market.nowMs + 401 * 86_400_000 })],
        ['noticeDelivery', times({ gateMs: asItIs.gateMs, deliveryTo: '2026-11-30' })],
        ['postponeNothing', times(asItIs)],
      ],
      by(exchange, 'auction.change.prepare'),
    )
    const opened = timesOf('OPEN')
    const delivered = { ...opened, gateMs: opened.gateMs + 1, deliveryTo: '2027-01-31' }
    reached.expect(
      by(exchange, 'auction.change.prepare')({ ...good, session: 'OPEN', change: delivered }),
      'postponeOpened',
    )
    reached.expect(by(exchange, 'auction.change.prepare')({ ...toVoid }), 'tooLateToChange')
  })

  it('[AUCTION-18] refuses the approval of a change', () => {
    const early = { session: 'DONE', change: 'ab'.repeat(32) }
    reached.expect(market.run(exchangeOther, 'auction.change.approve', early), 'changeMissing')
    market.must(exchange, 'auction.change.prepare', { ...toVoid, session: 'DONE' })
    const approval = { ...early, change: preparedOf('DONE') }
    type Approval = typeof approval
    const differs: Mistake<Approval> = ['changeDiffers', (p) => ({ ...p, change: 'ab'.repeat(32) })]
    const [own, ghost] = [exchange.person, 'ghost'].map((person) => ({
      ...personOf('SCPX', `newer ${person}`),
      person,
    }))
    for (const each of [own, ghost])
      market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(each as Person) })
    const approve = (person: Person | undefined) => by<Approval>(person as Person, 'auction.change.approve')
    reached.expect(approve(own)(differs[1](approval)), 'changeDiffers')
    reached.expect(approve(own)(approval), 'changeSamePerson')
    reached.expect(approve(ghost)(approval), 'changeKeyTooNew')
    const closed = resultOf('DONE')
    const isClosed: Mistake<Approval> = ['changeMissing', (p) => ({ ...p, session: 'OPEN' })]
    repairOneByOne(reached, approval, [...organiserMistakes<Approval>(), isClosed, differs], approve(exchangeOther))
    assert.deepEqual([sessions.get(market.ledger.view(), 'DONE')?.status, resultOf('DONE')], ['voided', closed])
  })

  it('[AUCTION-13] refuses a check', () => {
    const result = resultOf('CLOSED')
    repairOneByOne(
      reached,
      { session: 'CLOSED', result, remark: '' },
      [
        ['sessionUnknown', (p) => ({ ...p, session: 'NONE' })],
        ['statusIs', (p) => ({ ...p, session: 'OPEN' })],
        ['resultDiffers', (p) => ({ ...p, result: 'ab'.repeat(32) })],
      ],
      by(dispatcher, 'auction.check.pass'),
    )
  })

  it('[AUCTION-14] refuses a bulletin, and its approval', () => {
    const good = { session: 'CHECKED', result: resultOf('CHECKED'), number: '1', text: '成交公告' }
    const shared = <P extends { session: string; result: string }>(): readonly Mistake<P>[] => [
      ['sessionUnknown', (p) => ({ ...p, session: 'NONE' })],
      ['notTheOrganiser', (p) => ({ ...p, session: 'FOREIGN' })],
      ['statusIs', (p) => ({ ...p, session: 'OPEN' })],
      ['resultDiffers', (p) => ({ ...p, result: 'ab'.repeat(32) })],
    ]
    const early = { session: good.session, result: good.result, bulletin: 'ab'.repeat(32) }
    reached.expect(market.run(exchangeOther, 'auction.bulletin.approve', early), 'bulletinMissing')
    repairOneByOne(reached, good, shared(), by(exchange, 'auction.bulletin.prepare'))
    const approval = { ...early, bulletin: bulletins.get(market.ledger.view(), 'CHECKED')?.digest as string }
    type Approval = typeof approval
    const differs: Mistake<Approval> = ['bulletinDiffers', (p) => ({ ...p, bulletin: 'ab'.repeat(32) })]
    // The preparer's own new key is refused for the person first, another's for its age.
    const [own, ghost] = [exchange.person, 'ghost'].map((person) => ({ ...personOf('SCPX', `new ${person}`), person }))
    for (const each of [own, ghost])
      market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(each as Person) })
    const approve = (person: Person | undefined) => by<Approval>(person as Person, 'auction.bulletin.approve')
    reached.expect(approve(own)(differs[1](approval)), 'bulletinDiffers')
    reached.expect(approve(own)(approval), 'samePerson')
    reached.expect(approve(ghost)(approval), 'keyTooNew')
    repairOneByOne(reached, approval, [...shared<Approval>(), differs], approve(exchangeOther))
    assert.equal(sessions.get(market.ledger.view(), 'CHECKED')?.status, 'published')
  })

  after(() => assert.deepEqual(reached.missing(), [], 'refusals of the auction that no row has reached'))
})
