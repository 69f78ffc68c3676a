import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Refusal, View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import {
  type OrderFacts,
  type OrderPayload,
  type PeriodRoom,
  type Session,
  explainOrder,
  invitations,
  loads,
  roomLeft,
  rulesNow,
  sessions,
  stances,
  unitBooks,
  units,
} from '@dujiang/market'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, TICK, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'
import fc from 'fast-check'

const PERIODS = 4
const LIMIT_WH = 6 * LOT_WH

/** What a unit's organisation can read before the gate, and how full the session is. */
function factsOf(view: View, org: string, { session, unit }: OrderPayload): OrderFacts {
  const { liveSteps } = loads.get(view, session) ?? { liveSteps: 0 }
  return {
    timeMs: view.timeMs,
    org,
    session: sessions.get(view, session) as Session,
    unit: units.get(view, unit),
    invitation: invitations.get(view, session, unit),
    live: unitBooks.get(view, session, unit)?.orders ?? [],
    stance: stances.get(view, session, org),
    load: { liveSteps, liveStepsMax: rulesNow(view).values.liveStepsMax },
  }
}

/** Sessions S, which is open, and LATER; R has bid in S with one of its two units. */
function trading() {
  const market = new TestMarket({ rules: { liveStepsMax: 12 } })
  const [retailer, other] = ['R', 'R2'].map((org) => bidder(market, org, 'both')) as [Bidder, Bidder]
  openSession(market, 'S', [retailer], { periods: PERIODS, gateMs: market.nowMs + 3_600_000 }, LIMIT_WH)
  openSession(market, 'T', [retailer], { periods: PERIODS, gateMs: market.nowMs + 3_600_000 }, LIMIT_WH)
  const standing = orderOf('S', retailer.unit, 'sell', [[20_000_000, 2 * LOT_WH]], 2)
  const { id } = submit(market, retailer, standing)
  return { market, retailer, other, live: id as string }
}
const { market, retailer, other, live } = trading()
const view = market.ledger.view()

function decided(order: OrderPayload, replaced: string | undefined): Refusal | undefined {
  const { org, key, person } = retailer
  const name = `auction.order.${replaced === undefined ? 'submit' : 'replace'}`
  const payload = { ...order, ...(replaced === undefined ? {} : { order: replaced }) } as unknown as Json
  const act = market.app.act(name, 1)
  const decision = act?.decide(view, { id: 'ab'.repeat(32), org, key, person, sequence: 1_000, payload })
  return decision?.accepted === false ? decision.refusal : undefined
}

const explained = (order: OrderPayload, replaced?: string) =>
  explainOrder(factsOf(view, retailer.org, order), order, replaced)

const ladders = fc
  .record({ columns: fc.integer({ min: 1, max: PERIODS }), steps: fc.integer({ min: 1, max: 4 }) })
  .chain(({ columns, steps }) => {
    const cells = (values: fc.Arbitrary<number>) =>
      fc.array(fc.array(values, { minLength: columns, maxLength: columns }), { minLength: steps, maxLength: steps })
    return fc.record({
      session: fc.constantFrom('S', 'S', 'T'),
      unit: fc.constantFrom(retailer.unit, retailer.unit, retailer.unit, other.unit, 'NONE'),
      side: fc.constantFrom<('sell' | 'buy')[]>('sell', 'buy'),
      periods: fc.constantFrom(
        Array.from({ length: columns }, (_, at) => at + 1),
        Array.from({ length: columns }, (_, at) => PERIODS - columns + at + 1),
        Array.from({ length: columns }, (_, at) => columns - at),
      ),
      prices: cells(fc.constantFrom(-6_000_000, 0, 20_000_000, 20_000_001, 21_000_000, 22_000_000, 49_000_000)),
      volumesWh: cells(fc.constantFrom(0, LOT_WH, LOT_WH, LOT_WH + 1, 2 * LOT_WH, 7 * LOT_WH)),
    })
  })

describe('what stands against an order', () => {
  it('[AUCTION-5] is found by the checks of the act: the first of all is what the act is refused for, and none is acceptance', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(ladders, fc.constantFrom(undefined, undefined, live, 'cd'.repeat(32)), (order, replaced) => {
        const { shape, refusals } = explained(order, replaced)
        assert.deepEqual(shape, [])
        assert.deepEqual(refusals[0], decided(order, replaced))
        for (const { name } of refusals) met.add(name)
        met.add(refusals.length === 0 ? 'accepted' : refusals.length > 1 ? 'several' : 'one')
      }),
      { numRuns: 3_000, seed: 1 },
    )
    const wanted = [
      'accepted one several unitUnknown unitNotYours notInvited periodsOrder stepEmpty belowFloor aboveCap',
      'offTick offLot stepsOrder nothingOffered orderUnknown tooManySteps overLimit bothSides',
    ].flatMap((line) => line.split(' '))
    assert.deepEqual(
      wanted.filter((name) => !met.has(name)),
      [],
    )
  })

  it('[AUCTION-5] names every bad cell by period and step, and what else is wrong beside it', () => {
    const order = {
      ...orderOf('S', retailer.unit, 'buy', []),
      periods: [1, 2],
      prices: [
        [49_000_001, 20_000_000],
        [TICK, 0],
      ],
      volumesWh: [
        [LOT_WH, 9 * LOT_WH + 1],
        [0, LOT_WH],
      ],
    }
    const cells = explained(order).refusals.map(({ name, facts }) => [name, facts['period'], facts['step']])
    assert.deepEqual(cells, [
      ['aboveCap', 1, 1],
      ['offTick', 1, 1],
      ['stepEmpty', 1, 2],
      ['offLot', 2, 1],
      ['overLimit', 2, undefined],
      ['bothSides', 2, undefined],
    ])
  })

  it('[AUCTION-5] names each field that has no shape an act could have, and asks nothing more', () => {
    const order = { ...orderOf('S', 'no unit', 'sell', [[0.5, LOT_WH]]), periods: [] }
    const { shape, refusals } = explained(order)
    assert.deepEqual(
      shape.map(({ path, rule }) => [path, rule]),
      [
        ['/periods', 'tooFew'],
        ['/prices/0/0', 'wrongType'],
        ['/unit', 'badPattern'],
      ],
    )
    assert.deepEqual(refusals, [])
    const more = { ...orderOf('S', retailer.unit, 'sell', [[0, LOT_WH]]), more: 1 }
    assert.deepEqual(explained(more).shape, [{ path: '/more', rule: 'unknownField' }])
  })
})

describe('room left', () => {
  const rooms = (replacing?: string): readonly PeriodRoom[] => {
    const {
      session,
      invitation,
      live: orders,
      stance,
    } = factsOf(view, retailer.org, orderOf('S', retailer.unit, 'sell', []))
    return roomLeft(session, invitation?.limitWh ?? [], orders, stance, replacing)
  }

  it('[AUCTION-6] is what one more order may bring in a period, and a lot more is refused for it', () => {
    for (const replacing of [undefined, live]) {
      for (const { period, fitsWh, limitWh, usedWh } of rooms(replacing)) {
        const order = (volumeWh: number) => orderOf('S', retailer.unit, 'sell', [[20_000_000, volumeWh]], period)
        assert.equal(decided(order(fitsWh), replacing), undefined)
        const over = decided(order(fitsWh + LOT_WH), replacing)
        assert.deepEqual(over?.facts, { period, volumeWh: fitsWh + LOT_WH, limitWh, usedWh, fitsWh })
      }
    }
  })

  it('[AUCTION-6] tells used steps and the side on which the organisation stands; a replaced order leaves both', () => {
    const before = { limitWh: LIMIT_WH, usedWh: 0, fitsWh: LIMIT_WH, stepsUsed: 0, stepsLeft: 3 }
    const used = { usedWh: 2 * LOT_WH, fitsWh: 4 * LOT_WH, stepsUsed: 1, stepsLeft: 2, side: 'sell' }
    const free = [1, 2, 3, 4].map((period) => ({ period, ...before }))
    assert.deepEqual(
      rooms(),
      free.map((each) => (each.period === 2 ? { ...each, ...used } : each)),
    )
    assert.deepEqual(rooms(live), free)
  })

  it('[AUCTION-6] where no step is left nothing fits', () => {
    const session = { ...(sessions.get(view, 'S') as Session), stepsMax: 1 }
    const { live: orders } = factsOf(view, retailer.org, orderOf('S', retailer.unit, 'sell', []))
    assert.equal(roomLeft(session, [LIMIT_WH, LIMIT_WH], orders)[1]?.fitsWh, 0)
  })
})
