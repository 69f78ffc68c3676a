import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import {
  START_MS,
  TestMarket,
  defaultAdmits,
  defaultRules,
  dispatcher,
  exchange,
  exchangeOther,
  gridCompany,
  keyOf,
  personOf,
  regulator,
} from '@dujiang/testing/market-fixture'
import { LOT_WH, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'

/** Any act of the exchange that can be repeated. */
const sequence = (name: string) => ({ sequence: name, name })
const open = 'auction.sequence.open'
const THREE_DAYS_MS = 72 * 3_600_000

describe('who may admit whom', () => {
  const admission = (org: string, role: string) => ({
    org,
    name: org,
    roles: [role],
    keys: [keyOf(personOf(org, 'a'))],
  })

  it('[MEM-2] the genesis file says it, role by role', () => {
    const market = new TestMarket()
    assert.equal(market.run(exchange, 'members.org.admit', admission('R1', 'retailer')).refusal, undefined)
    assert.equal(market.run(exchange, 'members.org.admit', admission('E2', 'exchange')).refusal, 'mayNotAdmit')
    assert.equal(market.run(regulator, 'members.org.admit', admission('E2', 'exchange')).refusal, undefined)
    assert.equal(market.run(regulator, 'members.org.admit', admission('R2', 'retailer')).refusal, 'mayNotAdmit')
  })

  it('[MEM-2] a role the genesis file does not name admits nobody, nor does one with an empty list', () => {
    const market = new TestMarket({ admits: [{ role: 'exchange', admits: [] }] })
    for (const founder of [exchange, regulator, gridCompany, dispatcher]) {
      assert.equal(market.run(founder, 'members.org.admit', admission('N', 'user')).refusal, 'mayNotAdmit')
    }
  })

  it('[MEM-2] nobody may admit a regulator under rules that name none', () => {
    const market = new TestMarket()
    for (const founder of [exchange, regulator, gridCompany, dispatcher]) {
      assert.equal(market.run(founder, 'members.org.admit', admission('N', 'regulator')).refusal, 'mayNotAdmit')
    }
  })

  it('[MEM-1] an organisation signs from the block after its admission', () => {
    const market = new TestMarket()
    const person = personOf('E2', 'a')
    const outcomes = market.block([
      market.act(regulator, 'members.org.admit', admission('E2', 'exchange')),
      market.act(person, open, sequence('Q')),
    ])
    assert.deepEqual(
      outcomes.map(({ refusal }) => refusal),
      [undefined, 'unknownKey'],
    )
    assert.equal(market.run(person, open, sequence('Q')).refusal, undefined)
  })

  it('[MEM-3] a genesis file is refused, with the place, for what an act would be refused for', () => {
    const admits = [...defaultAdmits, { role: 'exchange' as const, admits: ['user' as const] }]
    assert.throws(() => new TestMarket({ admits }), /\/members\/admits\/2 is there twice/)
    const rules = { priceFloor: 2, priceCap: 1 }
    assert.throws(() => new TestMarket({ rules }), /ruleLimitsCrossed/)
    assert.throws(() => new TestMarket({ sections: { nothing: {} } }), /\/app\/state\/nothing is not known/)
    const noFounders = { members: { founders: [], admits: defaultAdmits as never } }
    assert.throws(() => new TestMarket({ sections: noFounders }), /\/members\/founders/)
    const key = { ...keyOf(exchange), publicKey: '00'.repeat(32) }
    const founders = [{ org: 'A', name: 'A', roles: ['exchange'], keys: [key] }]
    const unusable = { members: { founders, admits: defaultAdmits as never } }
    assert.throws(() => new TestMarket({ sections: unusable }), /founders\/0\/keys\/0 keyUnusable/)
  })
})

describe('how long a key is valid', () => {
  it('[MEM-7] from its first millisecond on, and no longer at its last', () => {
    const market = new TestMarket()
    const person = personOf('SCPX', 'temp')
    const [from, until] = [START_MS + 100_000, START_MS + 200_000]
    market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(person, from, until) })
    const at = (timeMs: number) => market.run(person, open, sequence(`Q${timeMs}`), timeMs).refusal
    assert.equal(at(from - 1), 'keyNotLive')
    assert.equal(at(from), undefined)
    assert.equal(at(until - 1), undefined)
    assert.equal(at(until), 'keyNotLive')
  })

  it('[MEM-6] a revoked key signs in the block that revokes it, and in none after', () => {
    const market = new TestMarket()
    const outcomes = market.block([
      market.act(exchangeOther, 'members.key.revoke', { org: 'SCPX', key: exchange.key }),
      market.act(exchange, open, sequence('Q1')),
    ])
    assert.deepEqual(
      outcomes.map(({ code }) => code),
      [0, 0],
    )
    assert.equal(market.run(exchange, open, sequence('Q2')).refusal, 'keyNotLive')
  })

  it('[MEM-5] a rotation leaves no moment without a key: the old one signs in its block, the next in the one after', () => {
    const market = new TestMarket()
    const next = personOf('DISP', 'next', 'sm2')
    const plant = (n: number) => ({
      plant: `P${n}`,
      name: 'P',
      org: 'DISP',
      fuel: 'hydro',
      capacityW: 1,
      dispatchLevel: 'provincial',
      levelAssumed: true,
    })
    const register = 'members.plant.register'
    const rotated = market.block([
      market.act(dispatcher, 'members.key.rotate', { old: dispatcher.key, next: keyOf(next) }),
      market.act(dispatcher, register, plant(1)),
      market.act(next, register, plant(2)),
    ])
    assert.deepEqual(
      rotated.map(({ refusal }) => refusal),
      [undefined, undefined, 'unknownKey'],
    )
    const after = market.block([market.act(dispatcher, register, plant(3)), market.act(next, register, plant(4))])
    assert.deepEqual(
      after.map(({ refusal }) => refusal),
      ['keyNotLive', undefined],
    )
  })

  it('[MEM-6] two people cannot revoke each other’s key in one block and leave none', () => {
    const market = new TestMarket()
    const outcomes = market.block([
      market.act(exchange, 'members.key.revoke', { org: 'SCPX', key: exchangeOther.key }),
      market.act(exchangeOther, 'members.key.revoke', { org: 'SCPX', key: exchange.key }),
    ])
    assert.deepEqual(outcomes.map(({ refusal }) => refusal ?? 'accepted').sort(), ['accepted', 'lastKey'])
  })

  it('[MEM-10] who may admit an organisation may revoke its last key, and give it another that begins 72 hours later', () => {
    const market = new TestMarket()
    const generator = bidder(market, 'GEN', 'sell')
    const other = personOf('GEN', 'b')
    const atMs = market.nowMs + 1_000
    const recovery = (fromMs: number) =>
      market.act(exchange, 'members.key.add', { org: 'GEN', key: keyOf(other, fromMs) })
    const revocation = market.act(exchange, 'members.key.revoke', { org: 'GEN', key: generator.key })
    const outcomes = market.block(
      [revocation, recovery(atMs + THREE_DAYS_MS - 1), recovery(atMs + THREE_DAYS_MS)],
      atMs,
    )
    assert.deepEqual(
      outcomes.map(({ refusal }) => refusal),
      [undefined, 'recoveryTooSoon', undefined],
    )
    assert.equal(outcomes[1]?.facts['earliestMs'], atMs + THREE_DAYS_MS)
    const add = (timeMs: number) =>
      market.run(other, 'members.key.add', { org: 'GEN', key: keyOf(personOf('GEN', 'c')) }, timeMs).refusal
    assert.equal(add(atMs + THREE_DAYS_MS - 1), 'keyNotLive')
    assert.equal(add(atMs + THREE_DAYS_MS), undefined)
    assert.equal(market.run(other, 'members.key.add', { org: 'SCPX', key: keyOf(other) }).refusal, 'notOwnKeys')
  })

  it('[MEM-10] the regulator cannot give the exchange a key of its own, and so approve its own change of the rules', () => {
    const market = new TestMarket()
    const change = { name: 'SC-2', document: '', fromMs: market.nowMs + 10 * THREE_DAYS_MS, values: defaultRules }
    market.must(regulator, 'rules.change.propose', change)
    const key = keyOf(personOf('SCPX', 'ghost'), market.nowMs + 2 * THREE_DAYS_MS)
    assert.equal(market.run(regulator, 'members.key.add', { org: 'SCPX', key }).refusal, 'hasLiveKey')
    market.must(regulator, 'members.key.revoke', { org: 'SCPX', key: exchange.key })
    assert.equal(market.run(regulator, 'members.key.add', { org: 'SCPX', key }).refusal, 'hasLiveKey')
  })

  it('[MEM-10] the exchange cannot give a generator a key, and so replace its order before the gate', () => {
    const market = new TestMarket()
    const generator = bidder(market, 'GEN', 'sell')
    openSession(market, 'S', [generator], { gateMs: market.nowMs + THREE_DAYS_MS })
    submit(market, generator, orderOf('S', generator.unit, 'sell', [[0, LOT_WH]]))
    const add = (fromMs: number) => {
      const key = keyOf(personOf('GEN', 'ghost'), fromMs)
      return market.run(exchange, 'members.key.add', { org: 'GEN', key }).refusal
    }
    assert.deepEqual([add(0), add(market.nowMs + 2 * THREE_DAYS_MS)], ['hasLiveKey', 'hasLiveKey'])
    market.must(exchange, 'members.key.revoke', { org: 'GEN', key: generator.key })
    assert.equal(add(0), 'recoveryTooSoon')
  })

  it('[MEM-4] who may admit some of an organisation’s roles, not all, may not manage its keys', () => {
    const market = new TestMarket({
      admits: [
        { role: 'exchange', admits: ['generator'] },
        { role: 'regulator', admits: ['generator', 'grid'] },
      ],
    })
    const both = personOf('B', 'a')
    const roles = ['generator', 'grid']
    market.must(regulator, 'members.org.admit', { org: 'B', name: 'B', roles, keys: [keyOf(both)] })
    const add = { org: 'B', key: keyOf(personOf('B', 'b')) }
    assert.equal(market.run(exchange, 'members.key.add', add).refusal, 'notOwnKeys')
    assert.equal(market.run(regulator, 'members.key.add', add).refusal, 'hasLiveKey')
    assert.equal(market.run(exchange, 'members.key.revoke', { org: 'B', key: both.key }).refusal, 'notOwnKeys')
    assert.equal(market.run(regulator, 'members.key.revoke', { org: 'B', key: both.key }).refusal, undefined)
  })

  it('[MEM-5] a next key is valid from the millisecond of its block; one that ended in it is not rotated', () => {
    const market = new TestMarket()
    const atMs = market.nowMs + 1_000
    const [first, second] = [personOf('SCPX', 'n1'), personOf('SCPX', 'n2')]
    const outcomes = market.block(
      [
        market.act(exchange, 'members.key.rotate', { old: exchangeOther.key, next: keyOf(first, atMs) }),
        market.act(exchange, 'members.key.rotate', { old: exchangeOther.key, next: keyOf(second) }),
      ],
      atMs,
    )
    assert.deepEqual(
      outcomes.map(({ refusal }) => refusal),
      [undefined, 'keyEnded'],
    )
  })

  it('[MEM-9] a generation company buys through a unit without a plant', () => {
    const market = new TestMarket()
    bidder(market, 'GEN', 'sell')
    const unit = { unit: 'GEN.B', name: '购', org: 'GEN' }
    assert.equal(market.run(exchange, 'members.unit.register', { ...unit, side: 'both' }).refusal, 'plantNeeded')
    assert.equal(market.run(exchange, 'members.unit.register', { ...unit, side: 'buy' }).refusal, undefined)
  })

  it('[MEM-4] SM2 and Ed25519 keys stand side by side, told apart by id', () => {
    assert.notEqual(exchange.key, exchangeOther.key)
    assert.equal(toHex(exchangeOther.signer.publicKey).length, 130)
    const market = new TestMarket()
    assert.equal(market.run(exchangeOther, open, sequence('Q')).refusal, undefined)
  })
})
