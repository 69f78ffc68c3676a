import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runKills } from '../../src/kill/run.ts'

const KILLS = 2
const SEED = 1

describe('kill -9 of a node behind a cache that dies with it', () => {
  it('the alarm rings: acknowledging before the sync loses what was acknowledged, and the judge says so', async () => {
    const { problems } = await runKills({ seed: SEED, kills: KILLS, cache: 'lying' })
    assert.ok(
      problems.some((problem) => problem.startsWith('lost: ')),
      `found only ${JSON.stringify(problems)}`,
    )
  })

  it('is not rung by the cache itself: behind an honest one nothing is lost', async () => {
    const { problems, acknowledged } = await runKills({ seed: SEED, kills: KILLS, cache: 'honest' })
    assert.deepEqual(problems, [])
    assert.ok(acknowledged.length > 0)
  })
})
