import assert from 'node:assert/strict'
import { it } from 'node:test'
import { networkPace } from '../../src/network/pace.ts'

it('the session of the sample network has its time where a round of acts is fast, and as much more as it is slow', () => {
  assert.deepEqual(networkPace(30)(0), { opensAfterMs: 8_000, gateAfterMs: 30_000 })
  assert.deepEqual(networkPace(30)(900), { opensAfterMs: 8_000, gateAfterMs: 30_000 })
  assert.deepEqual(networkPace(30)(5_000), { opensAfterMs: 40_000, gateAfterMs: 90_000 })
})
