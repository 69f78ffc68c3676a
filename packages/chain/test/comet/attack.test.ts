import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { Headers, type HeadersOptions, party } from '@dujiang/testing/light'
import {
  addressOf,
  attackEvidence,
  decodeEvidence,
  encodeEvidence,
  type LightAttack,
  lightAttack,
  readEvidence,
} from '../../src/comet/index.ts'

const { sha256 } = nodeCrypto
const parties = [party(0, 4), party(1, 3), party(2, 2), party(3, 2)]
const chain: HeadersOptions = { chainId: 'dujiang-attack', heights: 9, partiesAt: () => parties }
const honest = new Headers(chain)
const fork = (over: Partial<HeadersOptions>) => new Headers({ ...chain, fork: { of: honest, after: 5 }, ...over })
const otherApp = { changes: () => ({ appHash: sha256(Uint8Array.of(99)) }) }
const otherTime = { stepMs: 1_001 }

const attackBy = (forked: Headers, of = honest, height = 6): LightAttack =>
  lightAttack(sha256, forked.at(height), of.at(height), of.at(5))
const numbersOf = ({ byzantine }: LightAttack): readonly number[] =>
  byzantine.map(({ publicKey }) => parties.findIndex(({ signer }) => toHex(signer.publicKey) === toHex(publicKey)))

describe('an attack on light clients', () => {
  it('[COMET-20] is lunatic where a derived field differs: its signers of the common set are named, at the common header', () => {
    const stranger = party(9, 9)
    const forked = fork({
      ...otherApp,
      partiesAt: (height) => (height > 5 ? [...parties, stranger] : parties),
      silent: (_height, one) => one === parties[2],
    })
    const attack = attackBy(forked, honest, 7)
    assert.deepEqual([attack.kind, attack.commonHeight, attack.totalPower], ['lunatic', 5, 11])
    assert.deepEqual(attack.time, honest.at(5).header.time)
    assert.deepEqual(numbersOf(attack), [0, 1, 3])
  })

  it('[COMET-20] is an equivocation in one round: those who signed both are named, at the true header', () => {
    const forked = fork({ ...otherTime, silent: (_height, one) => one === parties[1] })
    const attack = attackBy(forked)
    assert.deepEqual([attack.kind, attack.commonHeight, attack.totalPower], ['equivocation', 6, 11])
    assert.deepEqual(attack.time, honest.at(6).header.time)
    assert.equal(numbersOf(attack)[0], 0)
    assert.deepEqual(
      numbersOf(attack).toSorted((left, right) => left - right),
      [0, 2, 3],
    )
    const without0 = new Headers({ ...chain, silent: (_height, one) => one === parties[2] })
    assert.deepEqual(numbersOf(attackBy(forked, without0)), [0, 3])
  })

  it('[COMET-20] is amnesia in two rounds: nobody can be named', () => {
    const attack = attackBy(fork({ ...otherTime, round: 1 }))
    assert.deepEqual([attack.kind, attack.commonHeight, attack.byzantine], ['amnesia', 6, []])
  })

  it('[COMET-20] becomes evidence that names the same validators', () => {
    for (const forked of [fork(otherApp), fork(otherTime)]) {
      const attack = attackBy(forked)
      const raw = encodeEvidence(attackEvidence(sha256, attack))
      assert.equal(typeof decodeEvidence(raw), 'object')
      const accused = readEvidence(sha256, raw)
      assert.ok(typeof accused !== 'string')
      assert.deepEqual(
        accused.map(({ address, power, height }) => ({ address, power, height })),
        attack.byzantine.map(({ publicKey, power }) => {
          return { address: toHex(addressOf(sha256, publicKey)), power, height: attack.commonHeight }
        }),
      )
    }
  })
})
