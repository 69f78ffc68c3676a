import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type SimReport, simulate } from '../../src/sim/node-sim.ts'
import { wanted } from '../../src/sim/wanted.ts'

const SEEDS = process.env['DUJIANG_LONG'] === '1' ? 600 : 8

describe('a whole node on a disk and a clock that are simulated', () => {
  let last: SimReport

  it(`keeps every acknowledgement and promise through crashes and faults, and agrees with a twin, on ${SEEDS} seeds`, async () => {
    const total = new Map<string, number>()
    for (let seed = 0; seed < SEEDS; seed++) {
      last = await simulate(seed)
      const { broken, seen } = last
      assert.equal(broken, undefined, `${broken}\nrepeat with: npm run sim -- --seed ${seed}`)
      for (const [what, times] of seen) total.set(what, (total.get(what) ?? 0) + times)
    }
    // A simulation that went nowhere proves nothing.
    const never = wanted.filter((what) => !total.has(what))
    assert.deepEqual(never, [], 'never happened')
  })

  it('ends in the same place when a seed is run again', async () => {
    assert.deepEqual(await simulate(SEEDS - 1), last)
  })

  it('the alarm rings: a drive that reports syncs it has not done is found out', async () => {
    let caught = 0
    for (let seed = 0; seed < 5 && caught < 3; seed++) {
      if ((await simulate(seed, { liesAboutSync: true })).broken !== undefined) caught += 1
    }
    assert.equal(caught, 3, `caught in ${caught} of 5 seeds`)
  })
})
