import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { resolve } from 'node:path'
import { ROLES, type Role, families } from '@dujiang/market'
import { TestMarket, defaultRules, exchange, keyOf, personOf, regulator } from '@dujiang/testing/market-fixture'
import { noticeOf, orderOf, plantOf } from '@dujiang/testing/market-session'

/** The cells of the table in SPEC.md, by act and role. */
function cellsOfSpec(): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = readFileSync(resolve(import.meta.dirname, '../SPEC.md'), 'utf8').split('\n')
  const table = lines
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
  const [header, , ...rows] = table
  assert.deepEqual(header?.slice(1), [...ROLES])
  return new Map(
    rows.map(([act, ...cells]) => {
      for (const cell of cells) assert.ok(cell === 'yes' || cell === '', `${act}: ${cell}`)
      return [act as string, new Set(ROLES.filter((_, at) => cells[at] === 'yes'))]
    }),
  )
}

const digest = 'ab'.repeat(32)
const key = 'ab'.repeat(16)
const aKey = keyOf(personOf('X', 'x'))
const side = { prices: [], volumesWh: [], inelasticWh: 0 }

/** A payload of the right shape for every act: admission asks for the shape before it asks for the role. */
const payloads = (market: TestMarket): { readonly [act: string]: unknown } => ({
  'members.org.admit': { org: 'X', name: 'X', roles: ['user'], keys: [aKey] },
  'members.key.add': { org: 'X', key: aKey },
  'members.key.rotate': { old: key, next: aKey },
  'members.key.revoke': { org: 'X', key },
  'members.plant.register': plantOf('P', 'X'),
  'members.unit.register': { unit: 'U', name: 'U', org: 'X', side: 'buy' },
  'rules.change.propose': { name: 'N', document: '', fromMs: 1, values: defaultRules },
  'rules.change.approve': { proposal: digest },
  'auction.sequence.open': { sequence: 'Q', name: 'Q' },
  'auction.session.announce': noticeOf(market, 'S'),
  'auction.session.invite': { session: 'S', units: [{ unit: 'U', limitWh: [1] }] },
  'auction.session.remind': { session: 'S' },
  'auction.change.prepare': { session: 'S', change: { kind: 'void' }, reason: '事由' },
  'auction.change.approve': { session: 'S', change: digest },
  'auction.order.submit': orderOf('S', 'U', 'buy', [[0, 1]]),
  'auction.order.replace': { ...orderOf('S', 'U', 'buy', [[0, 1]]), order: digest },
  'auction.order.cancel': { session: 'S', unit: 'U', order: digest },
  'auction.check.pass': { session: 'S', result: digest, remark: '' },
  'auction.bulletin.prepare': { session: 'S', result: digest, number: '', text: '' },
  'auction.bulletin.approve': { session: 'S', result: digest, bulletin: digest },
  'recorded.session.open': {
    session: 'S',
    name: '',
    source: '',
    currency: 'CNY',
    periods: 1,
    priceFloor: 0,
    priceCap: 1,
    lotWh: 1,
    tick: 1,
    priceRule: 'interval_low',
    tieRule: 'time',
  },
  'recorded.book.bring': { session: 'S', period: 1, supply: side, demand: side, published: {}, remark: '' },
  'recorded.volume.state': { session: 'S', period: 1, published: {}, remark: '' },
  'network.validator.propose': { change: { kind: 'remove', key: digest } },
  'network.validator.approve': { proposal: digest },
  'network.validator.withdraw': { proposal: digest },
})

describe('who may do what', () => {
  const cells = cellsOfSpec()
  const market = new TestMarket({
    admits: [
      { role: 'exchange', admits: ['generator', 'retailer', 'user'] },
      { role: 'regulator', admits: ['exchange', 'dispatcher', 'grid', 'regulator'] },
    ],
  })
  const people = ROLES.map((role) => {
    const person = personOf(`ONLY.${role}`, 'a')
    const by = ['generator', 'retailer', 'user'].includes(role) ? exchange : regulator
    market.must(by, 'members.org.admit', { org: person.org, name: role, roles: [role], keys: [keyOf(person)] })
    return [role, person] as const
  })

  it('[MEM-1] the table of SPEC.md has a row for every act and no other', () => {
    const acts = families.flatMap((family) => family.acts.map(({ name }) => name))
    assert.deepEqual([...cells.keys()], acts)
  })

  for (const [act, allowed] of cells) {
    it(`[MEM-1] ${act}: every role is let in or kept out as the table of SPEC.md says`, () => {
      const payload = payloads(market)[act]
      const outcomes = market.block(people.map(([, person]) => market.act(person, act, payload)))
      const letIn = new Set<Role>()
      for (const [at, { refusal }] of outcomes.entries()) {
        assert.notEqual(refusal, 'wrongShape')
        if (refusal !== 'notPermitted') letIn.add((people[at] as (typeof people)[number])[0])
      }
      assert.deepEqual([...letIn].sort(), [...allowed].sort())
    })
  }

  it('[MEM-1] an organisation of several roles may do what any of them may', () => {
    const person = personOf('TWO', 'a')
    const roles = ['dispatcher', 'exchange']
    market.must(regulator, 'members.org.admit', { org: 'TWO', name: 'TWO', roles, keys: [keyOf(person)] })
    const outcomes = ['auction.check.pass', 'auction.sequence.open', 'auction.order.submit'].map(
      (act) => market.run(person, act, payloads(market)[act]).refusal,
    )
    assert.deepEqual(outcomes, ['statusIs', 'sequenceExists', 'notPermitted'])
  })
})
