import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { rules, rulesNow } from '@dujiang/market'
import {
  type Outcome,
  type Person,
  TestMarket,
  defaultRules,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
  regulator,
} from '@dujiang/testing/market-fixture'
import { Reached, repairOneByOne } from '../family-refusals.ts'

const reached = new Reached(rules)
const HOUR_MS = 3_600_000
const change = (fromMs: number, name = 'SC-2', over: Partial<typeof defaultRules> = {}) => ({
  name,
  document: '通知',
  fromMs,
  values: { ...defaultRules, ...over },
})
const propose = 'rules.change.propose'
const approve = 'rules.change.approve'
const inForce = (market: TestMarket): string => rulesNow(market.ledger.view()).name

describe('a change of the rules', () => {
  it('[RULES-2] is refused as a proposal, in order', () => {
    const market = new TestMarket()
    const taken = market.nowMs + 5 * HOUR_MS
    const { id } = market.must(exchange, propose, change(taken, 'EARLIER'))
    market.must(regulator, approve, { proposal: id })
    repairOneByOne(
      reached,
      change(market.nowMs + HOUR_MS),
      [
        ['ruleFromPast', (p) => ({ ...p, fromMs: market.nowMs + 1_000 })],
        ['ruleLimitsCrossed', (p) => ({ ...p, values: { ...p.values, priceFloor: p.values.priceCap + 1 } })],
        ['ruleStandstillShort', (p) => ({ ...p, values: { ...p.values, gateStandstillMs: 9_999 } })],
        ['ruleInstantTaken', (p) => ({ ...p, fromMs: taken })],
      ],
      (payload): Outcome => market.run(exchange, propose, payload),
    )
  })

  it('[RULES-2] does not begin with values that do not go together', () => {
    assert.throws(() => new TestMarket({ rules: { priceFloor: 1, priceCap: 0 } }), /rules\/values ruleLimitsCrossed/)
    assert.throws(() => new TestMarket({ rules: { gateStandstillMs: 1 } }), /rules\/values ruleStandstillShort/)
  })

  it('[RULES-1] allows a session a million live steps at the most', () => {
    const market = new TestMarket()
    const proposing = (liveStepsMax: number) =>
      market.run(exchange, propose, change(market.nowMs + HOUR_MS, 'SC-2', { liveStepsMax })).refusal
    assert.deepEqual([proposing(1_000_001), proposing(1_000_000)], ['wrongShape', undefined])
  })

  it('[RULES-3] is refused an approval, in order', () => {
    const market = new TestMarket()
    const later = market.nowMs + HOUR_MS
    const [own, other, good] = [
      market.must(regulator, propose, change(later + 1, 'OWN')),
      market.must(exchange, propose, change(later, 'FIRST')),
      market.must(exchange, propose, change(later, 'SECOND')),
    ].map(({ id }) => id as string) as [string, string, string]
    market.must(regulator, approve, { proposal: other })
    const third = market.must(exchange, propose, change(later + 2, 'THIRD')).id as string
    repairOneByOne(
      reached,
      { proposal: third },
      [
        ['proposalUnknown', () => ({ proposal: '0'.repeat(64) })],
        ['ownProposal', () => ({ proposal: own })],
        ['ruleInstantTaken', () => ({ proposal: good })],
      ],
      (payload) => market.run(regulator, approve, payload),
    )
    reached.expect(market.run(regulator, approve, { proposal: third }), 'proposalUnknown')
  })

  it('[RULES-3] refuses an approval with a key that came on record with the proposal or after it', () => {
    const market = new TestMarket()
    const [inBlock, later] = ['new', 'newer'].map((person) => personOf('REG', person)) as [Person, Person]
    const add = (person: Person) => market.act(regulator, 'members.key.add', { org: 'REG', key: keyOf(person) })
    const [proposed] = market.block([market.act(exchange, propose, change(market.nowMs + HOUR_MS)), add(inBlock)])
    market.block([add(later)])
    const proposal = proposed?.id
    for (const person of [inBlock, later]) reached.expect(market.run(person, approve, { proposal }), 'ruleKeyTooNew')
    const next = market.must(exchange, propose, change(market.nowMs + HOUR_MS)).id
    assert.equal(market.run(later, approve, { proposal: next }).refusal, undefined)
  })

  it('[RULES-3] lapses at its instant unless it has been approved, and is then no proposal any more', () => {
    const market = new TestMarket()
    const fromMs = market.nowMs + HOUR_MS
    const proposals = () => [...market.ledger.view().scan('rules/proposal/')].length
    const [lost, kept] = [0, 1].map((at) => market.must(exchange, propose, change(fromMs + at, `C${at}`)).id as string)
    market.must(regulator, approve, { proposal: kept })
    assert.equal(proposals(), 1)
    market.block([], fromMs - 1)
    const { executed } = market.decide([], fromMs)
    assert.deepEqual(
      executed.recorded.map(({ receipt, events }) => [receipt.act, events]),
      [['rules.lapse', [{ name: 'ruleChangeLapsed', data: { proposal: lost, name: 'C0', fromMs } }]]],
    )
    assert.equal(market.run(regulator, approve, { proposal: lost }, fromMs).refusal, 'proposalUnknown')
    assert.equal(proposals(), 0)
    market.block([], fromMs + 1)
    assert.equal(inForce(market), 'C1')
  })

  it('[RULES-3] needs another organisation, not another person', () => {
    const market = new TestMarket()
    const { id } = market.must(exchange, propose, change(market.nowMs + HOUR_MS))
    assert.equal(market.run(exchangeOther, approve, { proposal: id }).refusal, 'ownProposal')
  })

  it('[RULES-4] takes effect in the first block that has reached its time, before the acts of that block', () => {
    const market = new TestMarket()
    const fromMs = market.nowMs + HOUR_MS
    const { id } = market.must(dispatcher, propose, change(fromMs, 'SC-2', { actsPerMinuteMax: 1 }))
    market.must(regulator, approve, { proposal: id })
    market.block([], fromMs - 1)
    assert.equal(inForce(market), 'SC-TEST')
    const acts = ['Q1', 'Q2'].map((sequence) =>
      market.act(exchange, 'auction.sequence.open', { sequence, name: sequence }),
    )
    assert.deepEqual(
      market
        .block(acts, fromMs)
        .map(({ refusal }) => refusal ?? 'accepted')
        .sort(),
      ['accepted', 'overQuota'],
    )
    assert.equal(inForce(market), 'SC-2')
  })

  it('[RULES-4] the newest holds when a block comes late and several have fallen due', () => {
    const market = new TestMarket()
    const fromMs = market.nowMs + HOUR_MS
    for (const [at, name] of [
      [2, 'C'],
      [0, 'A'],
      [1, 'B'],
    ] as const) {
      const { id } = market.must(exchange, propose, change(fromMs + at, name))
      market.must(regulator, approve, { proposal: id })
    }
    market.block([], fromMs + HOUR_MS)
    assert.equal(inForce(market), 'C')
    assert.deepEqual([...market.ledger.view().scan('rules/set/')].length, 4)
  })

  after(() => assert.deepEqual(reached.missing(), [], 'refusals of rules that no row has reached'))
})
