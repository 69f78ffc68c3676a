import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'

interface Signer {
  readonly power: number
  /** What its clock shows, if it is honest. */
  readonly timeMs: number
}

/** CometBFT's median (v0.40.0, types/time.WeightedMedian) of the clocks of those who signed. */
function blockTimeMs(signers: readonly Signer[]): number {
  let median = Math.floor(signers.reduce((sum, { power }) => sum + power, 0) / 2)
  for (const { power, timeMs } of signers.toSorted((a, b) => a.timeMs - b.timeMs)) {
    if (median <= power) return timeMs
    median -= power
  }
  throw new Error('there are no signers')
}

const LEAP_MS = 120_000

/** Whether liars with less than a third of the power, all slow or all fast, can take block time off the honest clocks. */
function canBeMoved(powers: readonly number[]): boolean {
  const total = powers.reduce((sum, power) => sum + power, 0)
  for (let signing = 1; signing < 1 << powers.length; signing++) {
    const signed = powers.filter((_, at) => (signing >> at) & 1)
    if (signed.reduce((sum, power) => sum + power, 0) * 3 <= total * 2) continue
    for (let lying = 1; lying < 1 << signed.length; lying++) {
      const lied = signed.reduce((sum, power, at) => sum + ((lying >> at) & 1 ? power : 0), 0)
      if (lied * 3 >= total) continue
      for (const sign of [-1, 1]) {
        const timeMs = blockTimeMs(
          signed.map((power, at) => ({ power, timeMs: (lying >> at) & 1 ? sign * LEAP_MS : at })),
        )
        if (Math.abs(timeMs) === LEAP_MS) return true
      }
    }
  }
  return false
}

describe('the clock of the ledger', () => {
  it('[NETWORK-2] is set by no minority below a third where all powers are even', () => {
    const even = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(even, (halves) => !canBeMoved(halves.map((half) => 2 * half))),
      { numRuns: 200 },
    )
  })

  it('[NETWORK-2] would be, with odd ones, by one slow clock of four while another is down', () => {
    assert.ok(canBeMoved([1, 1, 1, 1]))
    assert.ok(canBeMoved([1, 2, 2, 2]))
    assert.ok(!canBeMoved([2, 2, 2, 2]))
  })
})
