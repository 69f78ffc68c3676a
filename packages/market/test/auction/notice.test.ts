import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatInstant } from '@dujiang/core/time'
import type { Json } from '@dujiang/core/codec'
import {
  type NoticeFacts,
  type NoticePayload,
  type NoticeTemplate,
  explainNotice,
  noticeFrom,
  noticeTemplates,
  rulesNow,
  sequences,
  sessions,
} from '@dujiang/market'
import { TestMarket, defaultRules, exchange } from '@dujiang/testing/market-fixture'
import { TICK, noticeOf } from '@dujiang/testing/market-session'
import fc from 'fast-check'

const market = new TestMarket({ rules: { priceRules: ['last_pair_mid', 'k'], tieRules: ['pro_rata'] } })
market.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
market.must(exchange, 'auction.session.announce', noticeOf(market, 'TAKEN'))
const view = market.ledger.view()

const factsOf = ({ session, sequence }: NoticePayload): NoticeFacts => ({
  timeMs: view.timeMs,
  org: exchange.org,
  taken: sessions.get(view, session) !== undefined,
  sequence: sequences.get(view, sequence),
  rules: rulesNow(view),
})

function decided(payload: NoticePayload) {
  const { org, key, person } = exchange
  const signed = { id: 'ab'.repeat(32), org, key, person, sequence: 1, payload: payload as unknown as Json }
  const decision = market.app.act('auction.session.announce', 1)?.decide(view, signed)
  return decision?.accepted === false ? decision.refusal : undefined
}

describe('what stands against a notice', () => {
  it('[AUCTION-2] is found by the checks of the act: the first of all is what it is refused for, and none is acceptance', () => {
    const good = noticeOf(market, 'NEW') as unknown as NoticePayload
    const changed = fc.record(
      {
        session: fc.constant('TAKEN'),
        sequence: fc.constant('NONE'),
        opensMs: fc.constantFrom(good.gateMs, view.timeMs),
        gateMs: fc.constant(view.timeMs + 401 * 86_400_000),
        deliveryFrom: fc.constant('2027-02-01'),
        priceCap: fc.constantFrom(80_001_000, 48_144_001),
        tick: fc.constantFrom(7 * TICK),
        priceRule: fc.constantFrom('k', 'interval_low'),
        tieRule: fc.constant('time'),
        stepsMax: fc.constantFrom(5, 6),
        kPpm: fc.constant(1),
      },
      { requiredKeys: [] },
    )
    const counts = new Set<number>()
    fc.assert(
      fc.property(changed, fc.integer({ min: 0, max: 6 }), (over, few) => {
        const some = Object.fromEntries(Object.entries(over).slice(0, few * few))
        const payload = { ...good, ...some } as NoticePayload
        const { shape, refusals } = explainNotice(factsOf(payload), payload)
        assert.deepEqual(shape, [])
        assert.deepEqual(refusals[0], decided(payload))
        counts.add(refusals.length)
      }),
      { numRuns: 500, seed: 1 },
    )
    assert.ok(counts.has(0) && counts.has(1) && Math.max(...counts) >= 8, [...counts].join(' '))
  })

  it('[AUCTION-2] names every field without a shape', () => {
    const wrong = { ...noticeOf(market, 'a b'), periods: 97, deliveryTo: '2026-02-30', contact: undefined }
    const { contact: _, ...payload } = wrong
    const { shape, refusals } = explainNotice(factsOf(payload as unknown as NoticePayload), payload as never)
    assert.deepEqual(
      shape.map(({ path, rule }) => `${path} ${rule}`),
      ['/contact missing', '/deliveryTo badPattern', '/periods aboveMaximum', '/session badPattern'],
    )
    assert.deepEqual(refusals, [])
  })
})

describe('templates of notices', () => {
  const timeMs = view.timeMs
  const from = (template: NoticeTemplate, at = timeMs, values = rulesNow(view).values) =>
    noticeFrom(template, { session: 'NEW', sequence: 'Q', timeMs: at, values })
  const called = (id: string) => noticeTemplates.find((each) => each.id === id) as NoticeTemplate
  const days = (id: string, at: string) => {
    const { deliveryFrom, deliveryTo } = from(called(id), Date.parse(`${at}+08:00`))
    return [deliveryFrom, deliveryTo]
  }

  it('[AUCTION-2] each makes, on any day and under any rules, a notice that nothing stands against', () => {
    const rules = fc.record({
      priceFloor: fc.integer({ min: -1_000_000_000, max: 0 }),
      priceCap: fc.integer({ min: 1_000, max: 1_000_000_000 }),
      stepsMax: fc.integer({ min: 1, max: 20 }),
      priceRules: fc.constantFrom(['k'], ['interval_mid', 'k'], ['last_supply', 'last_pair_mid']),
      tieRules: fc.constantFrom(['time'], ['time', 'pro_rata']),
    })
    const instants = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })
    fc.assert(
      fc.property(fc.constantFrom(...noticeTemplates), rules, instants, (template, over, at) => {
        const values = { ...defaultRules, ...over } as typeof defaultRules
        const payload = from(template, at, values)
        const facts = { ...factsOf(payload), timeMs: at, rules: { name: 'R', values } }
        assert.deepEqual(explainNotice(facts, payload), { shape: [], refusals: [] })
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('counts days and times as the market does: Asia/Shanghai', () => {
    assert.deepEqual(days('month', '2026-12-31T23:59:59'), ['2027-01-01', '2027-01-31'])
    assert.deepEqual(days('month', '2028-01-31T00:00:00'), ['2028-02-01', '2028-02-29'])
    assert.deepEqual(days('ten-days', '2026-12-10T12:00:00'), ['2026-12-11', '2026-12-20'])
    assert.deepEqual(days('ten-days', '2026-12-11T12:00:00'), ['2026-12-21', '2026-12-31'])
    assert.deepEqual(days('ten-days', '2026-12-21T12:00:00'), ['2027-01-01', '2027-01-10'])
    assert.deepEqual(days('year', '2026-06-01T12:00:00'), ['2027-01-01', '2027-12-31'])
    assert.deepEqual(days('practice', '2026-12-30T12:00:00'), ['2027-01-01', '2027-01-01'])
    const { opensMs, gateMs, name } = from(called('month'), Date.parse('2026-11-28T16:30:00Z'))
    assert.deepEqual([opensMs, gateMs].map(formatInstant), ['2026-11-30 09:30:00.000', '2026-11-30 11:30:00.000'])
    assert.equal(name, '2026年12月省内月度集中竞价交易公告')
  })

  it('takes the limits of the rules in force, on the tick inside them', () => {
    const values = { ...defaultRules, priceFloor: -4_999_999, priceCap: 48_144_999 }
    const { priceFloor, priceCap } = from(called('month'), timeMs, values)
    assert.deepEqual([priceFloor, priceCap], [-4_999_000, 48_144_000])
  })
})
