import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { REFUSALS_EXPECTED, repeatCommand, simulateMarket } from '@dujiang/testing/market-sim'

const STEPS = 300
const seeds = process.env['DUJIANG_LONG'] === '1' ? Array.from({ length: 200 }, (_, at) => at + 1) : [1, 2]

describe('random markets', () => {
  for (const seed of seeds) {
    it(`[AUCTION-10] seed ${seed}: laws hold, twins agree, results are those of the book, and it went somewhere`, () => {
      const { cleared, traded, published, postponed, voided, moved, refusals } = simulateMarket(seed, STEPS)
      const repeat = `repeat it with: ${repeatCommand(seed, STEPS)}`
      assert.ok(cleared >= 8 && traded >= 5 && published >= 2, `${cleared}, ${traded}, ${published}; ${repeat}`)
      assert.ok(
        postponed >= 1 && voided >= 1 && moved > 0 === (seed % 2 === 1),
        `${postponed}, ${voided}, ${moved}; ${repeat}`,
      )
      const never = REFUSALS_EXPECTED.filter((name) => !refusals.has(name))
      assert.deepEqual(never, [], `refusals that never occurred; ${repeat}`)
    })
  }

  it('a failing run names the command that repeats it', () => {
    assert.equal(repeatCommand(7, 30), 'node testing/src/sim/market-sim.ts --seed 7 --steps 30')
    const first = simulateMarket(7, 30)
    assert.equal(simulateMarket(7, 30).appHash, first.appHash)
  })
})
