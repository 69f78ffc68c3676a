import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { members } from '@dujiang/market'
import {
  type Outcome,
  type Person,
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
} from '@dujiang/testing/market-fixture'
import { bidder, plantOf } from '@dujiang/testing/market-session'
import { Reached, repairOneByOne } from '../family-refusals.ts'

const reached = new Reached(members)
const market = new TestMarket()
const generator = bidder(market, 'GEN', 'sell')
bidder(market, 'USER', 'buy')
const spare = personOf('SCPX', 'spare')
const ended = personOf('SCPX', 'ended')
market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(spare) })
market.must(exchange, 'members.key.add', { org: 'SCPX', key: keyOf(ended) })
market.must(exchange, 'members.key.revoke', { org: 'SCPX', key: ended.key })
const lost = bidder(market, 'LOST', 'buy')
market.must(exchange, 'members.key.revoke', { org: 'LOST', key: lost.key })

const by =
  <P>(person: Person, act: string) =>
  (payload: P): Outcome =>
    market.run(person, act, payload)
const smallOrder = '00'.repeat(32)

describe('what the acts of members are refused for, in order', () => {
  it('[MEM-1] refuses an admission', () => {
    const [one, two] = [keyOf(personOf('NEW', 'a')), keyOf(personOf('NEW', 'b'))]
    const good = { org: 'NEW', name: '新成员', roles: ['generator'], keys: [one, two] }
    repairOneByOne(
      reached,
      good,
      [
        ['orgExists', (p) => ({ ...p, org: 'DISP' })],
        ['mayNotAdmit', (p) => ({ ...p, roles: ['generator', 'exchange'] })],
        ['keyUnusable', (p) => ({ ...p, keys: [{ ...(p.keys[0] as typeof one), publicKey: smallOrder }, two] })],
        ['validityEmpty', (p) => ({ ...p, keys: [{ ...one, untilMs: one.fromMs }, two] })],
        ['keyExists', (p) => ({ ...p, keys: [one, one] })],
      ],
      by(exchange, 'members.org.admit'),
    )
  })

  it('[MEM-4] refuses a further key', () => {
    const key = keyOf(personOf('SCPX', 'new'))
    repairOneByOne(
      reached,
      { org: 'SCPX', key },
      [
        ['orgUnknown', (p) => ({ ...p, org: 'NOBODY' })],
        ['notOwnKeys', (p) => ({ ...p, org: 'DISP' })],
        ['keyUnusable', (p) => ({ ...p, key: { ...p.key, publicKey: 'not hexadecimal' } })],
        ['validityEmpty', (p) => ({ ...p, key: { ...p.key, fromMs: 7, untilMs: 7 } })],
        ['keyExists', (p) => ({ ...p, key: keyOf(spare) })],
      ],
      by(exchange, 'members.key.add'),
    )
  })

  it('[MEM-10] refuses to recover another organisation', () => {
    const key = keyOf(personOf('LOST', 'new'), market.nowMs + 73 * 3_600_000)
    repairOneByOne(
      reached,
      { org: 'LOST', key },
      [
        ['hasLiveKey', (p) => ({ ...p, org: 'GEN' })],
        ['keyUnusable', (p) => ({ ...p, key: { ...p.key, publicKey: smallOrder } })],
        ['validityEmpty', (p) => ({ ...p, key: { ...p.key, untilMs: p.key.fromMs } })],
        ['keyExists', (p) => ({ ...p, key: { ...p.key, ...keyOf(lost), fromMs: p.key.fromMs } })],
        ['recoveryTooSoon', (p) => ({ ...p, key: { ...p.key, fromMs: 0 } })],
      ],
      by(exchange, 'members.key.add'),
    )
  })

  it('[MEM-5] refuses a rotation', () => {
    const next = keyOf(personOf('SCPX', 'next'))
    repairOneByOne(
      reached,
      { old: spare.key, next },
      [
        ['keyUnknown', (p) => ({ ...p, old: generator.key })],
        ['keyEnded', (p) => ({ ...p, old: ended.key })],
        ['keyUnusable', (p) => ({ ...p, next: { ...p.next, publicKey: smallOrder } })],
        ['validityEmpty', (p) => ({ ...p, next: { ...p.next, untilMs: p.next.fromMs } })],
        ['keyExists', (p) => ({ ...p, next: { ...p.next, ...keyOf(exchangeOther, p.next.fromMs) } })],
        ['keyNotLiveYet', (p) => ({ ...p, next: { ...p.next, fromMs: market.nowMs + 3_600_000 } })],
      ],
      by(exchange, 'members.key.rotate'),
    )
  })

  it('[MEM-6] refuses a revocation', () => {
    repairOneByOne(
      reached,
      { org: 'SCPX', key: personOf('SCPX', 'next').key },
      [
        ['orgUnknown', (p) => ({ ...p, org: 'NOBODY' })],
        ['notOwnKeys', (p) => ({ ...p, org: 'DISP' })],
        ['keyUnknown', (p) => ({ ...p, key: generator.key })],
        ['keyEnded', (p) => ({ ...p, key: ended.key })],
      ],
      by(exchange, 'members.key.revoke'),
    )
    reached.expect(market.run(dispatcher, 'members.key.revoke', { org: 'DISP', key: dispatcher.key }), 'lastKey')
  })

  it('[MEM-8] refuses a plant', () => {
    repairOneByOne(
      reached,
      plantOf('P1', 'GEN'),
      [
        ['plantExists', (p) => ({ ...p, plant: 'GEN.P' })],
        ['orgUnknown', (p) => ({ ...p, org: 'NOBODY' })],
      ],
      by(dispatcher, 'members.plant.register'),
    )
  })

  it('[MEM-9] refuses a trading unit', () => {
    const good: { unit: string; name: string; org: string; side: string; plant?: string } = {
      unit: 'U1',
      name: '机组',
      org: 'GEN',
      side: 'sell',
      plant: 'GEN.P',
    }
    repairOneByOne(
      reached,
      good,
      [
        ['unitExists', (p) => ({ ...p, unit: 'GEN.1' })],
        ['orgUnknown', (p) => ({ ...p, org: 'NOBODY' })],
        ['plantNeeded', ({ unit, name, org, side }) => ({ unit, name, org, side })],
        ['plantUnknown', (p) => ({ ...p, plant: 'NOWHERE' })],
        ['plantNotYours', (p) => ({ ...p, plant: 'OTHER.P' })],
      ],
      (payload) => {
        if (market.ledger.view().get('members/plant/OTHER.P') === undefined) {
          market.must(exchange, 'members.plant.register', plantOf('OTHER.P', 'USER'))
        }
        return market.run(exchange, 'members.unit.register', payload)
      },
    )
  })

  after(() => assert.deepEqual(reached.missing(), [], 'refusals of members that no row has reached'))
})
