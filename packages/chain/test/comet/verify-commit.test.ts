import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nobleCrypto } from '@dujiang/crypto/noble'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type Commit, headerHash, type Validator, verifyCommit } from '../../src/comet/index.ts'
import { mutationsOf } from './mutations.ts'
import { blockAt, CHAIN_ID, commitFor, hashOf, party, validatorsOf, type Votes } from './test-chain.ts'

const parties = [party(1, 3), party(2, 2), party(3, 2), party(4, 2)]
const validators = validatorsOf(parties)
const block = blockAt(2, parties)
const commit = commitFor(block, parties)

const reasonFor = (changed: Commit, set: readonly Validator[] = validators) =>
  verifyCommit(nodeCrypto, CHAIN_ID, set, hashOf(block), 2, changed)?.reason

describe('a commit', () => {
  it('[COMET-7] is accepted from all validators, by either provider, in whatever order the set is given', () => {
    for (const crypto of [nodeCrypto, nobleCrypto]) {
      for (const set of [validators, validators.toReversed()]) {
        assert.equal(verifyCommit(crypto, CHAIN_ID, set, hashOf(block), 2, commit), undefined)
      }
    }
  })

  it('[COMET-8] needs strictly more than two thirds of the power', () => {
    // Powers in order 3, 2, 2, 2: without a 2 seven of nine sign, without the 3 exactly two thirds.
    const cases: [Votes, string | undefined][] = [
      [{ 1: 'absent' }, undefined],
      [{ 3: 'nil' }, undefined],
      [{ 0: 'absent' }, 'commitPowerTooLow'],
      [{ 0: 'nil' }, 'commitPowerTooLow'],
      [{ 1: 'absent', 2: 'nil' }, 'commitPowerTooLow'],
      [{ 0: 'absent', 1: 'absent', 2: 'absent', 3: 'absent' }, 'commitPowerTooLow'],
    ]
    for (const [votes, reason] of cases) assert.equal(reasonFor(commitFor(block, parties, votes)), reason)
    assert.deepEqual(
      verifyCommit(nodeCrypto, CHAIN_ID, validators, hashOf(block), 2, commitFor(block, parties, { 0: 'nil' })),
      { reason: 'commitPowerTooLow', power: 6, totalPower: 9 },
    )
  })

  it('[COMET-7] names each refusal, the earlier before the later', () => {
    const [first, second] = commit.signatures
    const wrongBlock = { ...commit.blockId, hash: commit.blockId.hash.with(0, commit.blockId.hash[0]! ^ 1) }
    const noParts = { ...commit.blockId, parts: { total: 0, hash: commit.blockId.parts.hash } }
    const forged = { ...first!, signature: second!.signature }
    const cases: [Commit, string][] = [
      [{ ...commit, height: 3 }, 'commitHeightWrong'],
      [{ ...commit, round: -1 }, 'commitRoundInvalid'],
      [{ ...commit, blockId: wrongBlock }, 'commitBlockWrong'],
      [{ ...commit, blockId: noParts }, 'commitBlockWrong'],
      [{ ...commit, signatures: commit.signatures.slice(1) }, 'commitCountWrong'],
      [{ ...commit, signatures: commit.signatures.with(0, { ...first!, flag: 1 }) }, 'commitEntryInvalid'],
      [{ ...commit, signatures: commit.signatures.with(0, { ...first!, flag: 4 as 3 }) }, 'commitEntryInvalid'],
      [{ ...commit, signatures: commit.signatures.with(0, second!) }, 'commitAddressWrong'],
      [{ ...commit, signatures: commit.signatures.with(0, second!).with(1, first!) }, 'commitAddressWrong'],
      [{ ...commit, signatures: commit.signatures.with(0, forged) }, 'commitSignatureWrong'],
    ]
    for (const [changed, reason] of cases) assert.equal(reasonFor(changed), reason)
  })

  it('[COMET-9] is refused for a false signature even when the others suffice, also one for no block', () => {
    const withNil = commitFor(block, parties, { 3: 'nil' })
    const nil = withNil.signatures[3]!
    const asCommit = { ...withNil, signatures: withNil.signatures.with(3, { ...nil, flag: 2 as const }) }
    assert.equal(reasonFor(asCommit), 'commitSignatureWrong')
    const flipped = { ...nil, signature: nil.signature.with(40, nil.signature[40]! ^ 1) }
    assert.equal(reasonFor({ ...withNil, signatures: withNil.signatures.with(3, flipped) }), 'commitSignatureWrong')
  })

  it('[COMET-7] does not survive the change of any single byte, number or place', () => {
    const whole = commitFor(block, parties, { 1: 'absent' })
    const mutations = mutationsOf(whole)
    assert.ok(mutations.length > 300)
    for (const { at, value } of mutations) assert.notEqual(reasonFor(value), undefined, at)
  })

  it('[COMET-4] is refused under any other set of validators', () => {
    for (const { at, value } of mutationsOf(validators)) {
      // The set has no order of its own, and a power changes only how votes weigh; the header's hash of the set binds both.
      if (at.includes('swapped') || at.includes('/power')) continue
      assert.notEqual(reasonFor(commit, value), undefined, at)
    }
    assert.equal(reasonFor(commit, []), 'noValidators')
    assert.equal(reasonFor(commit, [...validators, validators[0]!]), 'validatorTwice')
    assert.equal(reasonFor(commit, [{ ...validators[0]!, power: 0 }]), 'validatorInvalid')
    const most = validators.map((validator) => ({ ...validator, power: 2 ** 52 }))
    assert.equal(reasonFor(commit, most), 'totalPowerTooHigh')
  })

  it('[COMET-5] is of one chain', () => {
    assert.equal(
      verifyCommit(nodeCrypto, `${CHAIN_ID}0`, validators, hashOf(block), 2, commit)?.reason,
      'commitSignatureWrong',
    )
  })
})

describe('a header', () => {
  it('[COMET-2] has another hash when any byte, number or character of any field changes', () => {
    const seen = new Set([Buffer.from(hashOf(block)).toString('hex')])
    const mutations = mutationsOf(block.header)
    for (const { at, value } of mutations) {
      const hash = Buffer.from(headerHash(nodeCrypto.sha256, value)).toString('hex')
      assert.ok(!seen.has(hash), at)
      seen.add(hash)
    }
    assert.ok(mutations.length > 300)
  })
})
