import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { sharedDir } from '@dujiang/testing/shared'
import { type CalcResult, calcBook, isCalcRefusal } from '../../src/clearing/index.ts'

interface Case {
  readonly id: string
  readonly kind: string
  readonly supply: unknown
  readonly demand: unknown
  readonly expected: {
    readonly price: number
    readonly volume: number
    readonly accepted_supply?: Record<string, number>
    readonly accepted_demand?: Record<string, number>
  }
}

/** The price rule each source follows; the first and third have one equilibrium price, so any rule of the interval would do. */
const RULES: Readonly<Record<string, string>> = {
  'pinson-dtu-31761': 'interval_mid',
  'assume-pac-equal': 'last_supply',
  'assume-complex-24h': 'interval_low',
  // Its interval is that of the last accepted bid and offer, which here is called the last pair.
  'lftr-midpoint': 'last_pair_mid',
}

const cases = readCases()

describe("other projects' uniform-price auctions", () => {
  for (const [id, rule] of Object.entries(RULES)) {
    it(`${id} by ${rule}`, (t) => {
      if (cases === undefined) return t.skip("domain vectors not present: skipped other projects' auctions")
      const found = cases.find((candidate) => candidate.id === id)
      assert.ok(found, `${id} is missing from the vectors`)
      const result = calculate(found, rule)
      assert.equal(result.volume, String(found.expected.volume))
      assert.equal(result.price, String(found.expected.price))
      for (const side of ['accepted_supply', 'accepted_demand'] as const) {
        for (const [order, qty] of Object.entries(found.expected[side] ?? {})) {
          assert.equal(result[side][order], String(qty), order)
        }
      }
      if (id === 'lftr-midpoint') {
        assert.deepEqual(result.pair, { supply: '7', demand: '8' })
        // The offer at 7 is cut, so no other price is an equilibrium.
        assert.deepEqual(result.interval, { low: '7', high: '7' })
      }
      if (id === 'assume-pac-equal') assert.deepEqual(result.interval, { low: '100', high: '3000' })
    })
  }

  it('covers every uniform-price case of the vectors', (t) => {
    if (cases === undefined) return t.skip("domain vectors not present: skipped other projects' auctions")
    const ids = cases.filter(({ kind }) => kind === 'uniform_price_call_auction').map(({ id }) => id)
    assert.deepEqual(ids.sort(), Object.keys(RULES).sort())
  })
})

function calculate({ supply, demand }: Case, rule: string): CalcResult {
  const result = calcBook({ price_rule: rule, tie_rule: 'pro_rata', lot: 1, tick: 0.01, supply, demand })
  if (isCalcRefusal(result)) throw new Error(JSON.stringify(result))
  return result
}

function readCases(): readonly Case[] | undefined {
  const shared = sharedDir()
  const file = shared === undefined ? undefined : join(shared, 'vectors/domain/auctions.json')
  return file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).cases : undefined
}
