import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accept } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { type AnyAct, type Family, ROLES, dujiangMarket, families, roleWords } from '@dujiang/market'
import { TestMarket } from '@dujiang/testing/market-fixture'
import { bidder } from '@dujiang/testing/market-session'
import { toy, toyOffers } from '@dujiang/testing/toy'

const withToy = (over: Partial<Family> = {}) => dujiangMarket([...families, { ...toy, ...over }])
const offerMake = toy.acts[0] as AnyAct
const make = 'toy.offer.make'

describe('a further mechanism', () => {
  it('[FAMILY-4] is a folder and its name in a list: acts, dues, refusals and rows work without another file', () => {
    const market = new TestMarket({ app: withToy() })
    const generator = bidder(market, 'G', 'sell')
    const user = bidder(market, 'U', 'buy')
    const offer = { unit: generator.unit, volumeWh: 5 }
    assert.equal(market.run(generator, make, { ...offer, unit: user.unit }).refusal, 'offerNotYours')
    assert.equal(market.run(user, make, offer).refusal, 'notPermitted')
    assert.equal(market.run(generator, make, offer).refusal, undefined)
    assert.equal(market.run(generator, make, offer).refusal, 'offerExists')
    market.block([], market.nowMs + 60_000)
    assert.equal(toyOffers.get(market.ledger.view(), generator.unit), undefined)
    assert.equal(market.app.sentence('offerExists')?.code, 9001)
    assert.deepEqual(market.twin().tip.appHash, market.ledger.tip.appHash)
  })

  it('[FAMILY-4] is unknown to a ledger that does not list it', () => {
    const market = new TestMarket()
    const generator = bidder(market, 'G', 'sell')
    assert.equal(market.run(generator, make, { unit: generator.unit, volumeWh: 5 }).refusal, 'unknownAct')
  })
})

describe('what a family does is what it has declared', () => {
  const deciding = (decide: AnyAct['decide']) => {
    const market = new TestMarket({ app: withToy({ acts: [{ ...offerMake, decide } as AnyAct] }) })
    const generator = bidder(market, 'G', 'sell')
    return () => market.run(generator, make, { unit: generator.unit, volumeWh: 5 })
  }

  it('[FAMILY-1] reading a table it has not declared stops the node', () => {
    const reads = (key: string) =>
      deciding((view) => {
        view.get(key)
        return accept()
      })
    assert.throws(reads('members/org/G'), /FAMILY-1: toy reads members\/org/)
    assert.throws(reads('chain/quota/G'), /FAMILY-1/)
    assert.equal(reads('members/unit/G.1')().code, 0)
    const scans = deciding((view) => {
      view.scan('rules/current/')
      return accept()
    })
    assert.throws(scans, /FAMILY-1/)
  })

  it('[FAMILY-2] writing another’s row, waking another’s due or ending another’s stream stops the node', () => {
    const wake = { atMs: 4_000_000_000_000, name: 'auction.gate', key: 'S' }
    for (const effect of [
      { kind: 'put', key: 'members/unit/G.1', value: true },
      { kind: 'drop', key: 'members/unit/G.1' },
      { kind: 'put', key: 'chain/quota/G', value: 0 },
      { kind: 'wake', wake },
      { kind: 'cancelWake', wake },
      { kind: 'forgetStream', stream: 'auction.S' },
      { kind: 'forgetStream', stream: 'toys' },
    ] as const) {
      assert.throws(
        deciding(() => accept(effect)),
        /FAMILY-2: toy touches/,
      )
    }
    assert.equal(deciding(() => accept({ kind: 'forgetStream', stream: 'toy' }))().code, 0)
  })

  it('[FAMILY-3] families that do not fit together are refused when the node starts', () => {
    const [invariant] = toy.invariants
    assert.ok(invariant)
    const misfits: readonly (readonly [RegExp, Partial<Family>])[] = [
      [/family members is there twice/, { name: 'members', owns: [], acts: [], dues: [], invariants: [] }],
      [/members\/org is not named for toy/, { owns: [{ name: 'members/org' }] }],
      [/toy exports members\/org, which it does not own/, { exports: ['members/org'] }],
      [/toy reads members\/admits, which no other exports/, { reads: ['members/unit', 'members/admits'] }],
      [/toy reads toy\/offer/, { reads: ['toy/offer'] }],
      [/act toy.offer.make@1 is there twice/, { acts: [offerMake, offerMake] }],
      [/offer.make is not named for toy/, { acts: [{ ...offerMake, name: 'offer.make' } as AnyAct] }],
      [/is for the role nobody/, { acts: [{ ...offerMake, roles: ['nobody' as never] } as AnyAct] }],
      [/due toy.lapse is there twice/, { dues: [...toy.dues, ...toy.dues] }],
      [/invariant TOY-1 is there twice/, { invariants: [invariant, invariant] }],
      [/over rules\/current, which toy cannot see/, { invariants: [{ ...invariant, over: ['rules/current'] }] }],
      [/keeps validators in toy\/node, which it does not own/, { validators: keeping('toy/node/') }],
      [/keeper of validators is there twice/, { validators: keeping('toy/offer/') }],
      [/refusal number 1001 is there twice/, { refusals: { sentences: { mine: sentence(1001) }, refuse: {} } }],
      [/refusal orgExists is there twice/, { refusals: { sentences: { orgExists: sentence(9009) }, refuse: {} } }],
    ]
    for (const [reason, over] of misfits) assert.throws(() => withToy(over), reason)
  })

  it('[FAMILY-8] a genesis file without the section of a family that founds rows is refused, and so is one too many', () => {
    const founding = (section: Json) => () => dujiangMarket().initialise(section, nodeCrypto.sha256)
    const { genesis } = new TestMarket().ledger.founded
    const { members, rules } = genesis.app.state as { readonly members: Json; readonly rules: Json }
    assert.ok(founding({ members, rules })().length > 0)
    assert.throws(founding({ members }), /genesis: \/app\/state\/rules missing/)
    assert.throws(founding({ rules }), /genesis: \/app\/state\/members missing/)
    assert.throws(founding({ members, rules, auction: {} }), /genesis: \/app\/state\/auction is not known/)
  })

  it('[FAMILY-3] the toy’s law is watched over like any other', () => {
    const dues = [{ ...(toy.dues[0] as (typeof toy.dues)[number]), fall: () => [toyOffers.put(late, 'G.1')] }]
    const late = { unit: 'G.1', volumeWh: 1, lapsesMs: 0 }
    const market = new TestMarket({ app: withToy({ dues }) })
    const generator = bidder(market, 'G', 'sell')
    market.must(generator, make, { unit: generator.unit, volumeWh: 5 })
    assert.throws(() => market.block([], market.nowMs + 60_000), /TOY-1/)
  })
})

const keeping = (prefix: string) => ({ prefix, read: () => [], seat: () => [] })
const sentence = (code: number) => ({ code, zh: '', en: '', retry: false })

describe('the sentences of the market', () => {
  const facts = (text: string) =>
    [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string).sort((a, b) => (a < b ? -1 : 1))

  it('[FAMILY-5] a refusal says the same facts in both languages, and its number lies in its family’s hundred', () => {
    for (const [at, family] of families.entries()) {
      for (const [name, { code, zh, en }] of Object.entries(family.refusals.sentences)) {
        assert.deepEqual([...new Set(facts(zh))], [...new Set(facts(en))], name)
        assert.equal(Math.floor(code / 100), 10 + at, name)
      }
    }
  })

  it('[FAMILY-5] acts, dues, laws and roles have words in both languages', () => {
    const words = families.flatMap(({ title, acts, dues, invariants }) => [
      title,
      ...acts.map((act) => act.title),
      ...dues.map((due) => due.title),
      ...invariants.map(({ law }) => law),
    ])
    for (const { zh, en } of [...words, ...ROLES.map((role) => roleWords[role])]) {
      assert.match(zh, /[\u4e00-\u9fff]/)
      assert.match(en, /^[\x20-\x7e’]+$/)
    }
  })
})
