import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type LightFault, type LightLimits, verifyAdjacent, verifySkipping } from '../../src/comet/index.ts'
import { rpcCommit, rpcHeader, rpcTime, rpcValidator } from './rpc-json.ts'
import { sharedJson } from './vector-files.ts'

// biome-ignore-all lint/suspicious/noExplicitAny: published traces in another project's shape

function verdictOf(fault: LightFault | undefined): string {
  if (fault === undefined) return 'SUCCESS'
  return fault.reason === 'notEnoughTrust' ? 'NOT_ENOUGH_TRUST' : 'INVALID'
}

/** Follows one trace; gives for each step what was expected and what we say. */
function follow(trace: any): [expected: string, verdict: string][] {
  let header = rpcHeader(trace.initial.signed_header.header)
  let nextValidators = trace.initial.next_validator_set.validators.map(rpcValidator)
  const trustingPeriodMs = Number(BigInt(trace.initial.trusting_period) / 1_000_000n)
  return trace.input.map((step: any) => {
    const target = {
      header: rpcHeader(step.block.signed_header.header),
      commit: rpcCommit(step.block.signed_header.commit),
      validators: step.block.validator_set.validators.map(rpcValidator),
    }
    const limits: LightLimits = { now: rpcTime(step.now), trustingPeriodMs, clockDriftMs: 10_000 }
    const adjacent = target.header.height === header.height + 1
    const fault = adjacent
      ? verifyAdjacent(nodeCrypto, header, target, limits)
      : verifySkipping(nodeCrypto, { header, validators: nextValidators }, target, limits)
    if (fault === undefined) {
      header = target.header
      nextValidators = step.block.next_validator_set.validators.map(rpcValidator)
    }
    return [step.verdict, verdictOf(fault)]
  })
}

describe('published light-client traces', () => {
  it('[COMET-10] gives the published verdict in every step', (t) => {
    const file = sharedJson('data/cometbft_light_client/single_step.json.gz')
    if (file === undefined) return t.skip('reference material not present: skipped the light-client traces')
    let steps = 0
    for (const trace of file.traces) {
      for (const [expected, verdict] of follow(trace)) {
        steps += 1
        assert.equal(verdict, expected, trace.description)
      }
    }
    assert.ok(steps >= 14, `${steps} steps`)
  })
})
