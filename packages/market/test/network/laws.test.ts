import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ValidatorRow, validatorProposals, validators } from '@dujiang/market'
import type { Outcome, TestMarket } from '@dujiang/testing/market-fixture'
import fc from 'fast-check'
import { adding, approve, consortium, powersOf, propose, runners, withdraw } from './set.ts'

/** What somebody does next; numbers are taken modulo what there is to choose from. */
type Step = {
  readonly by: number
  readonly does: 'add' | 'remove' | 'power' | 'approve' | 'withdraw' | 'wait'
  readonly what: number
}

const steps = fc.array(
  fc.record({
    by: fc.nat(3),
    does: fc.constantFrom(
      'add',
      'remove',
      'power',
      'approve',
      'approve',
      'approve',
      'approve',
      'withdraw',
      'wait' as const,
    ),
    what: fc.nat(1_000),
  }) as fc.Arbitrary<Step>,
  { minLength: 30, maxLength: 60 },
)
const DAY_MS = 86_400_000

const rowsOf = (market: TestMarket): readonly (readonly [string, ValidatorRow])[] => [
  ...validators.entries(market.ledger.view()),
]
const pick = <T>(list: readonly T[], what: number): T | undefined => list[what % Math.max(list.length, 1)]

/** Drives a market by a step; what it has done, if it was an act. */
function take(market: TestMarket, { by, does, what }: Step): Outcome | undefined {
  const person = runners[by] as (typeof runners)[0]
  const key = pick(rowsOf(market), what)?.[0]
  const proposal = pick([...validatorProposals.entries(market.ledger.view())], what)?.[0] ?? '0'.repeat(64)
  const org = runners[what % 4]?.org as string
  switch (does) {
    case 'add':
      return market.run(person, propose, adding(org, { power: 2 + 2 * (what % 5), controller: `C${what % 7}` }))
    case 'remove':
      return market.run(person, propose, { change: { kind: 'remove', key } })
    case 'power':
      return market.run(person, propose, { change: { kind: 'power', key, power: 2 + 2 * (what % 6) } })
    case 'approve':
      return market.run(person, approve, { proposal })
    case 'withdraw':
      return market.run(person, withdraw, { proposal })
    case 'wait':
      market.block([], market.nowMs + (what % 4) * DAY_MS + 1)
      return undefined
  }
}

describe('whatever members propose and approve', () => {
  it('[NETWORK-5] the set changes only by an act that more than two thirds of its power have approved, by one validator', () => {
    let changes = 0
    const property = fc.property(steps, (all) => {
      const market = consortium(4, 4, 4, 4)
      // Kept beside the ledger: who approves what, as the acts that were accepted say.
      const approved = new Map<string, Set<string>>()
      for (const step of all) {
        const before = new Map(rowsOf(market))
        const powers = [...before.values()]
        const outcome = take(market, step)
        const after = new Map(rowsOf(market))
        const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
          (key) => JSON.stringify(before.get(key)) !== JSON.stringify(after.get(key)),
        )
        const org = runners[step.by]?.org as string
        const data = outcome?.events[0]?.data
        const proposal = data?.['proposal'] as string
        if (outcome?.code === 0) {
          const by = approved.get(proposal) ?? new Set()
          if (step.does === 'withdraw') by.delete(org)
          else by.add(org)
          approved.set(proposal, by)
        }
        assert.ok(after.size >= 1 && changed.length <= 1)
        assert.ok([...after.values()].every(({ power }) => power % 2 === 0))
        if (changed.length === 0) continue
        changes++
        const total = powers.reduce((sum, { power }) => sum + power, 0)
        const forIt = powers.reduce((sum, row) => sum + (approved.get(proposal)?.has(row.org) ? row.power : 0), 0)
        assert.ok(forIt * 3 > total * 2, `${forIt} of ${total}`)
        const [was, is] = [before.get(changed[0] as string), after.get(changed[0] as string)]
        if (is !== undefined && is.power > (was?.power ?? 0)) {
          const rows = [...after.values()]
          const held = rows.reduce((sum, row) => sum + (row.controller === is.controller ? row.power : 0), 0)
          const all = rows.reduce((sum, { power }) => sum + power, 0)
          assert.ok(held * 3 < all, `${is.controller} holds ${held} of ${all}`)
        }
        assert.deepEqual(
          market.ledger.tip.validators.afterNext.map(({ power }) => power),
          [...after.values()].map(({ power }) => power),
        )
      }
      assert.deepEqual(market.twin().tip.appHash, market.ledger.tip.appHash)
      assert.ok(Object.keys(powersOf(market)).length > 0)
    })
    fc.assert(property, { numRuns: 12 })
    assert.ok(changes >= 5, `only ${changes} changes: it went nowhere`)
  })
})
