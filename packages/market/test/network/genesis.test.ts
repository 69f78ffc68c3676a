import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dujiangMarket, validators } from '@dujiang/market'
import type { View } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { TestMarket, validatorOf } from '@dujiang/testing/market-fixture'
import { consortium, powersOf } from './set.ts'

describe('the validators of a genesis file', () => {
  const founding = (...given: readonly ReturnType<typeof validatorOf>[]) => new TestMarket({ validators: given })
  const four = (over: { readonly [org: string]: object } = {}) =>
    ['SCPX', 'DISP', 'REG', 'GRID'].map((org) => validatorOf(org, { power: 2, ...over[org] }))

  it('[NETWORK-9] are seated, with their controllers', () => {
    const market = consortium(2, 2, 2, 2)
    assert.deepEqual(powersOf(market), { SCPX: 2, DISP: 2, REG: 2, GRID: 2 })
    assert.deepEqual(validators.get(market.ledger.view(), validatorOf('GRID').key), {
      name: 'v',
      org: 'GRID',
      controller: 'GRID',
      power: 2,
      sinceHeight: 0,
    })
  })

  it('[NETWORK-9] are refused, with the place, for what no decision could bring about', () => {
    assert.throws(() => founding(...four({ REG: { org: 'NOBODY' } })), /\/validators\/2\/org NOBODY is not registered/)
    assert.throws(() => founding(...four({ DISP: { controller: '' } })), /\/validators\/1\/controller is empty/)
    assert.throws(() => founding(validatorOf('SCPX', { power: 1_000_001 })), /\/validators\/0\/power 1000001 is above/)
    assert.throws(() => founding(...four({ DISP: { controller: 'REG' } })), /REG holds 4 of 8, a third or more/)
    assert.throws(() => founding(...four().slice(2)), /REG holds 2 of 4/)
    assert.throws(() => founding(...four().slice(1)), /holds 2 of 6, a third or more/)
    assert.throws(() => founding(...four({ GRID: { power: 3 } })), /\/validators\/3\/power 3 is odd, and not alone/)
  })

  it('[NETWORK-9] take the place of all there were, where a ledger is followed', () => {
    const market = consortium(2, 2, 2, 2)
    const effects = dujiangMarket().validators?.seat(market.ledger.view() as View, [validatorOf('GRID', { power: 14 })])
    const written = effects?.map((effect) => [effect.kind, 'key' in effect ? effect.key.split('/')[2] : ''])
    const keys = ['SCPX', 'DISP', 'REG', 'GRID'].map((org) => validatorOf(org).key).sort()
    assert.deepEqual(written, [...keys.map((key) => ['drop', key]), ['put', validatorOf('GRID').key]])
  })

  it('[VAL-1] are what the engine is told', () => {
    const market = consortium(2, 4, 4, 4)
    const told = dujiangMarket().validators?.read(market.ledger.view()) ?? []
    assert.equal(
      told.reduce((sum, { power }) => sum + power, 0),
      14,
    )
    for (const { publicKey } of told) assert.equal(nodeCrypto.sha256(publicKey).length, publicKey.length)
  })
})
