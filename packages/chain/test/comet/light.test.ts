import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nodeCrypto } from '@dujiang/crypto/node'
import {
  afterMs,
  type LightBlock,
  type LightLimits,
  type Timestamp,
  verifyAdjacent,
  verifySkipping,
} from '../../src/comet/index.ts'
import { mutationsOf } from './mutations.ts'
import { blockAt, lightBlock, type Party, party, timeAt, validatorsOf } from './test-chain.ts'

const DAY_MS = 86_400_000
const old = [party(1, 1), party(2, 1), party(3, 1)]
const trusted = blockAt(1, old).header
const limitsAt = (now: Timestamp): LightLimits => ({ now, trustingPeriodMs: DAY_MS, clockDriftMs: 10_000 })
const limits = limitsAt(timeAt(9))
const next = lightBlock(blockAt(2, old), old)
const far = lightBlock(blockAt(5, old), old)

const adjacent = (block: LightBlock, l = limits) => verifyAdjacent(nodeCrypto, trusted, block, l)?.reason
const skipping = (block: LightBlock, l = limits) =>
  verifySkipping(nodeCrypto, { header: trusted, validators: validatorsOf(old) }, block, l)?.reason

// A nanosecond before or after: the bounds are checked to the unit.
const nanosAfter = (time: Timestamp, nanos: number): Timestamp => ({ ...time, nanos: time.nanos + nanos })

describe('the adjacent rule', () => {
  it('[COMET-11] believes the next header of the named validators', () => {
    assert.equal(adjacent(next), undefined)
  })

  it('[COMET-11] refuses a header that is not the next', () => {
    assert.equal(adjacent(far), 'heightNotNext')
    assert.equal(adjacent(lightBlock(blockAt(1, old), old)), 'heightNotNext')
  })

  it('[COMET-11] refuses validators the trusted header did not name, however well they sign', () => {
    const others = [party(7, 1), party(8, 1), party(9, 1)]
    assert.equal(adjacent(lightBlock(blockAt(2, others), others)), 'nextValidatorsHashWrong')
    // The same keys with other powers are another set.
    const heavier = [party(1, 2), party(2, 1), party(3, 1)]
    assert.equal(adjacent(lightBlock(blockAt(2, heavier), heavier)), 'nextValidatorsHashWrong')
  })

  it('[COMET-10] refuses a set the header does not name', () => {
    const heavier = old.map((one) => ({ ...one, power: 2 }))
    assert.equal(adjacent({ ...next, validators: validatorsOf(heavier) }), 'validatorsHashWrong')
    assert.equal(adjacent({ ...next, validators: [] }), 'noValidators')
  })

  it('[COMET-10] refuses any changed byte, number or place of header, commit or set', () => {
    for (const { at, value } of mutationsOf(next)) {
      if (at.startsWith('/validators') && at.includes('swapped')) continue
      assert.notEqual(adjacent(value), undefined, at)
    }
  })

  it('[COMET-10] ends the trust at the end of its period, to the nanosecond', () => {
    const end = afterMs(trusted.time, DAY_MS)
    assert.equal(adjacent(next, limitsAt(nanosAfter(end, -1))), undefined)
    assert.equal(adjacent(next, limitsAt(end)), 'trustExpired')
    assert.equal(skipping(far, limitsAt(nanosAfter(end, -1))), undefined)
    assert.equal(skipping(far, limitsAt(end)), 'trustExpired')
  })

  it('[COMET-10] refuses a header from the future by the allowed drift, to the nanosecond', () => {
    const now = { ...timeAt(2), seconds: timeAt(2).seconds - 10 }
    assert.equal(adjacent(next, limitsAt(now)), 'timeInFuture')
    assert.equal(adjacent(next, limitsAt(nanosAfter(now, 1))), undefined)
  })

  it('[COMET-10] refuses limits that are no numbers as a defect: nothing would be beyond them', () => {
    for (const wrong of [undefined, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5]) {
      for (const field of ['trustingPeriodMs', 'clockDriftMs']) {
        assert.throws(() => adjacent(next, { ...limits, [field]: wrong }), /limits of trust/)
        assert.throws(() => skipping(far, { ...limits, [field]: wrong }), /limits of trust/)
      }
    }
    assert.throws(() => adjacent(next, limitsAt({ seconds: Number.NaN, nanos: 0 })), /limits of trust/)
  })

  it('[COMET-10] refuses a header that is no later than the trusted one', () => {
    const at = (time: Timestamp) => adjacent(lightBlock(blockAt(2, old, old, { time }), old))
    assert.equal(at(trusted.time), 'timeNotLater')
    assert.equal(at(nanosAfter(trusted.time, -1)), 'timeNotLater')
    assert.equal(at(nanosAfter(trusted.time, 1)), undefined)
  })

  it('[COMET-10] refuses another chain and a header that cannot be one', () => {
    const changed = (changes: object) => adjacent(lightBlock(blockAt(2, old, old, changes), old))
    assert.equal(changed({ chainId: 'another' }), 'chainIdWrong')
    const invalid = [
      { version: { block: 12, app: 1 } },
      { chainId: '' },
      { chainId: 'x'.repeat(51) },
      { chainId: '都江' },
      { lastBlockId: { hash: new Uint8Array(32), parts: { total: 0, hash: new Uint8Array(32) } } },
      { dataHash: new Uint8Array(31) },
      { proposerAddress: new Uint8Array(0) },
    ]
    for (const changes of invalid) assert.equal(changed(changes), 'headerInvalid')
  })
})

describe('the skipping rule', () => {
  const after = (parties: readonly Party[], votes = {}) => skipping(lightBlock(blockAt(5, parties), parties, votes))

  it('[COMET-12] believes a later header that enough trusted validators signed', () => {
    assert.equal(skipping(far), undefined)
    assert.equal(skipping(next), undefined)
    // Two of the three trusted are still there, and sign: two thirds of the old power.
    assert.equal(after([party(1, 1), party(2, 1), party(7, 1)]), undefined)
  })

  it('[COMET-12] needs strictly more than the trust level of the trusted power', () => {
    // One of three: exactly one third.
    const changed = [party(1, 5), party(7, 1), party(8, 1)]
    assert.equal(after(changed), 'notEnoughTrust')
    assert.equal(after([party(7, 1), party(8, 1), party(9, 1)]), 'notEnoughTrust')
    // In the set, but absent or for no block.
    const two = [party(1, 1), party(2, 1), party(7, 9)]
    assert.equal(after(two, {}), undefined)
    assert.equal(after(two, { 1: 'absent' }), 'notEnoughTrust')
    assert.equal(after(two, { 2: 'nil' }), 'notEnoughTrust')
  })

  it('[COMET-12] counts trusted validators with the power they had when trusted', () => {
    const header = blockAt(1, [party(1, 1), party(2, 3)]).header
    const nextValidators = validatorsOf([party(1, 1), party(2, 3)])
    const grown = [party(1, 50), party(7, 1)]
    const target = lightBlock(blockAt(5, grown), grown)
    assert.deepEqual(verifySkipping(nodeCrypto, { header, validators: nextValidators }, target, limits), {
      reason: 'notEnoughTrust',
      power: 1,
      totalPower: 4,
    })
  })

  it('[COMET-12] needs two thirds of the new set as well', () => {
    assert.equal(after([party(1, 1), party(2, 1), party(7, 9)], { 0: 'absent' }), 'commitPowerTooLow')
  })

  it('[COMET-12] takes the trusted validators only as the trusted header named them', () => {
    const validators = validatorsOf([party(7, 1), party(8, 1)])
    const fault = verifySkipping(nodeCrypto, { header: trusted, validators }, far, limits)
    assert.equal(fault?.reason, 'trustedValidatorsWrong')
  })

  it('[COMET-12] refuses a header that is not higher', () => {
    assert.equal(skipping(lightBlock(blockAt(1, old), old)), 'heightNotHigher')
  })

  it('[COMET-12] refuses a trust level below one third or above one as a defect', () => {
    for (const level of [
      { numerator: 1, denominator: 4 },
      { numerator: 3, denominator: 2 },
      { numerator: 0, denominator: 0 },
    ]) {
      const trust = { header: trusted, validators: validatorsOf(old) }
      assert.throws(() => verifySkipping(nodeCrypto, trust, far, limits, level), /trust level/)
    }
  })

  it('[COMET-10] refuses any changed byte, number or place of header, commit or set', () => {
    for (const { at, value } of mutationsOf(far)) {
      if (at.startsWith('/validators') && at.includes('swapped')) continue
      assert.notEqual(skipping(value), undefined, at)
    }
  })
})
