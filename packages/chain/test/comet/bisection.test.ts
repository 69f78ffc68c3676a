import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { equalBytes } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { changingParties, Headers, Random, party } from '@dujiang/testing/light'
import { Bisection, type LightBlock, type LightLimits } from '../../src/comet/index.ts'

const CHAIN = { chainId: 'dujiang-bisection', heights: 60 }
const steady = new Headers({ ...CHAIN, partiesAt: () => [party(1, 1), party(2, 1), party(3, 1), party(4, 1)] })

const limitsAfter = (chain: Headers): LightLimits => {
  return { now: chain.newest().header.time, trustingPeriodMs: 86_400_000, clockDriftMs: 10_000 }
}

type Source = (height: number) => LightBlock | undefined

/** Leads from the first header to the newest; gives the end and the heights that were asked for. */
function lead(chain: Headers, source: Source = (height) => chain.at(height), target = chain.newest()) {
  const bisection = new Bisection(nodeCrypto, chain.at(1), target, limitsAfter(chain))
  const asked: number[] = []
  for (let step = bisection.step(); ; step = bisection.step()) {
    if (step.kind !== 'fetch') return { end: step, asked }
    asked.push(step.height)
    bisection.give(source(step.height))
  }
}

const heightsOf = (trace: readonly LightBlock[]): number[] => trace.map(({ header }) => header.height)

describe('bisection', () => {
  it('[COMET-19] believes the target at once when the validators have not changed', () => {
    const { end, asked } = lead(steady)
    assert.ok(end.kind === 'believed')
    assert.deepEqual([heightsOf(end.trace), asked], [[1, 60], []])
  })

  it('[COMET-19] asks nine sixteenths of the way up when the validators have changed too much', () => {
    const renewed = new Headers({
      ...CHAIN,
      partiesAt: (height) => [0, 1, 2].map((place) => party(height < 30 ? place : place + 10, 1)),
    })
    const { end, asked } = lead(renewed)
    assert.ok(end.kind === 'believed')
    assert.deepEqual(asked, [34, 19, 27, 30, 28, 29])
    // All three are exchanged in one step: only the header before it names the new ones, and it can be reached.
    assert.deepEqual(heightsOf(end.trace), [1, 19, 27, 28, 29, 30, 60])
  })

  it('[COMET-19] reaches the newest header however the validators change, also where a source keeps but some heights', () => {
    let between = 0
    for (let seed = 1; seed <= 20; seed++) {
      const random = new Random(seed)
      const chain = new Headers({ ...CHAIN, partiesAt: changingParties(random, { ...CHAIN, changeOneIn: 3 }) })
      const whole = lead(chain)
      assert.equal(whole.end.kind, 'believed', `seed ${seed}`)
      between += whole.asked.length
      // Nodes keep the header that names another next set, and the one after it.
      const names = ({ header }: LightBlock): boolean => !equalBytes(header.validatorsHash, header.nextValidatorsHash)
      const kept = (height: number): boolean =>
        names(chain.at(height)) || (height > 1 && names(chain.at(height - 1))) || random.oneIn(4)
      const keeping = new Set(Array.from({ length: 60 }, (_, i) => i + 1).filter(kept))
      const sparse: Source = (height) => {
        for (let at = height; at > 1; at--) if (keeping.has(at)) return chain.at(at)
        return undefined
      }
      assert.equal(lead(chain, sparse).end.kind, 'believed', `seed ${seed}`)
    }
    assert.ok(between > 20, 'some of these chains must need headers between')
  })

  it('[COMET-19] ends without trust where a source keeps nothing between', () => {
    const renewed = new Headers({ ...CHAIN, partiesAt: (height) => [party(height < 30 ? 0 : 1, 1)] })
    const { end, asked } = lead(renewed, () => undefined)
    assert.deepEqual(end, { kind: 'refused', height: 60, fault: { reason: 'notEnoughTrust', power: 0, totalPower: 1 } })
    assert.deepEqual(asked, [34, 48, 54, 57, 58, 59])
  })

  it('[COMET-19] refuses a header that was not asked for, and a false one between', () => {
    const renewed = new Headers({ ...CHAIN, partiesAt: (height) => [party(height, 1)] })
    const above = lead(renewed, (height) => renewed.at(height + 1)).end
    assert.deepEqual(above.kind === 'refused' && above.fault.reason, 'notAsked')
    const unsigned = lead(renewed, (height) => ({ ...renewed.at(height), commit: renewed.at(2).commit })).end
    assert.deepEqual(unsigned.kind === 'refused' && unsigned.fault.reason, 'commitHeightWrong')
  })
  it('[COMET-19] is not led on for ever', () => {
    const restless = new Headers({ ...CHAIN, heights: 1_100, partiesAt: (height) => [party(height, 1)] })
    const { end, asked } = lead(restless)
    assert.equal(end.kind === 'refused' && end.fault.reason, 'tooManyFetches')
    assert.equal(asked.length, 1_001)
  })
})
