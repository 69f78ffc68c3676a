import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { msFromTime } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import {
  changingParties,
  genesisOf,
  Headers,
  HeadersSource,
  type HeadersOptions,
  party,
  Random,
} from '@dujiang/testing/light'
import { Diverged, HeaderUnknown, MemoryLightStore, NoWitness, TrustExpired } from '../../src/index.ts'
import { chainIdBy, client, DAY_MS, fork, hashAt, HEIGHTS, honest, options, parties, StandingClock } from './rig.ts'

describe('the light client', () => {
  it('[LIGHT-1] begins with the genesis validators, or with a pinned header', async () => {
    assert.deepEqual((await client().light.newest()).header, honest.newest().header)
    const { light, sources } = client({ trusted: { height: 7, hash: hashAt(7) } })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.deepEqual(sources[0]!.asked, [7, undefined])
  })

  it('[LIGHT-1] does not begin with another header than the pinned one, or with other validators', async () => {
    const wrong = client({ trusted: { height: 7, hash: hashAt(8) } })
    await assert.rejects(wrong.light.newest(), HeaderUnknown)
    const others = new Headers({ ...options, partiesAt: () => [party(7, 1)] })
    const sources = [new HeadersSource('one', others), new HeadersSource('two', others)]
    await assert.rejects(client({ sources }).light.newest(), (error) => {
      assert.ok(error instanceof HeaderUnknown)
      assert.match(error.faults[0]!.reason, /validators of the genesis/)
      return true
    })
  })

  it('[LIGHT-1] asks the witnesses for the first header too: genesis validators can sign two', async () => {
    const sources = [new HeadersSource('one', fork(0)), new HeadersSource('two', honest)]
    await assert.rejects(client({ sources }).light.newest(), (error) => {
      assert.ok(error instanceof Diverged)
      assert.equal(error.attacks[0].kind, 'equivocation')
      assert.equal(error.attacks[0].byzantine.length, 4)
      return true
    })
  })

  it('[LIGHT-2] follows changing validators, also from sources that keep but some heights', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = new Random(seed)
      const partiesAt = changingParties(random, { heights: HEIGHTS, changeOneIn: 2 })
      const itsGenesis = genesisOf(partiesAt(1))
      const headers = new Headers({ ...options, chainId: chainIdBy(itsGenesis), partiesAt })
      const sources = [new HeadersSource('one', headers), new HeadersSource('two', headers)]
      const { light } = client({ genesis: itsGenesis, sources })
      for (const height of [HEIGHTS, 20, 21, 39]) {
        assert.deepEqual((await light.at(height)).header, headers.at(height).header, `seed ${seed}`)
      }
    }
  })

  it('[LIGHT-2] believes nothing after the trusting period, to the millisecond', async () => {
    // The first header is of the first second and some nanoseconds, the clock stands a second after the last.
    const ageMs = HEIGHTS * 1_000
    await client({ trustingPeriodMs: ageMs }).light.newest()
    await assert.rejects(client({ trustingPeriodMs: ageMs - 1 }).light.newest(), TrustExpired)
    const { light, timing } = client()
    await light.at(20)
    timing.timeMs += DAY_MS
    await assert.rejects(light.newest(), TrustExpired)
    assert.equal((await light.at(20)).header.height, 20, 'what was verified in time stays so')
  })

  it('[LIGHT-2] believes no header from the future, up to the drift', async () => {
    const at = (drift: number) => {
      const timing = new StandingClock()
      timing.timeMs = msFromTime(honest.newest().header.time) - 5_000
      return client({ clockDriftMs: drift, timing })
    }
    assert.equal((await at(5_001).light.newest()).header.height, HEIGHTS)
    await assert.rejects(at(5_000).light.newest(), HeaderUnknown)
  })

  it('[LIGHT-3] needs a witness that confirms', async () => {
    await assert.rejects(client({ sources: [new HeadersSource('one', honest)] }).light.newest(), NoWitness)
    const dead = new HeadersSource('two', honest)
    const { light } = client({
      sources: [new HeadersSource('one', honest), dead],
      trusted: { height: 3, hash: hashAt(3) },
    })
    dead.isDead = true
    await assert.rejects(light.newest(), NoWitness)
    dead.isDead = false
    assert.equal((await light.newest()).header.height, HEIGHTS)
  })

  it('[LIGHT-4] waits for a witness that is behind, and no longer than it must', async () => {
    const behind = new HeadersSource('two', honest, 30)
    const sources = [new HeadersSource('one', honest), behind]
    const { light, timing } = client({ sources })
    timing.whileAsleep = () => (behind.height += 5)
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.equal(timing.sleptMs, 250 + 500)
    const stuck = client({ sources: [new HeadersSource('one', honest), new HeadersSource('two', honest, 30)] })
    await assert.rejects(stuck.light.newest(), NoWitness)
    assert.equal(stuck.timing.sleptMs, 25_000)
    assert.deepEqual(stuck.light.sources.dropped, [])
  })

  it('[LIGHT-4] takes a header of the future that a witness contradicts by its clock for an attack', async () => {
    // The first source's chain is ten heights ahead of time: as many blocks in half a minute as there are.
    const ahead = fork(20, { stepMs: 900, changes: () => ({ appHash: new Uint8Array(32) }) })
    const slow = new HeadersSource('two', honest, 38)
    await assert.rejects(client({ sources: [new HeadersSource('one', ahead), slow] }).light.newest(), (error) => {
      assert.ok(error instanceof Diverged)
      assert.equal(error.attacks[0].kind, 'lunatic')
      return true
    })
  })

  it('[LIGHT-4] does not count a witness that has gone past a height without keeping it', async () => {
    const sparse = new HeadersSource('two', honest)
    sparse.keeps = (height) => height % 2 === 1
    const { light } = client({ sources: [new HeadersSource('one', honest), sparse] })
    await assert.rejects(light.at(20), NoWitness)
    assert.equal((await light.at(21)).header.height, 21)
  })

  it('[LIGHT-5] reports two proved chains with the signers of both, whoever is asked first', async () => {
    const forked = fork(25, { silent: (_height, one) => one === parties[3] })
    for (const [first, second] of [
      [forked, honest],
      [honest, forked],
    ] as const) {
      const { light } = client({ sources: [new HeadersSource('one', first), new HeadersSource('two', second)] })
      assert.equal((await light.at(20)).header.height, 20)
      await assert.rejects(light.newest(), (error) => {
        assert.ok(error instanceof Diverged)
        assert.deepEqual(error.sources, ['one', 'two'])
        const [ours, theirs] = error.attacks
        assert.deepEqual([ours.kind, theirs.kind], ['equivocation', 'equivocation'])
        const keys = ours.byzantine.map(({ publicKey }) => toHex(publicKey))
        assert.deepEqual(
          keys.toSorted(),
          parties
            .slice(0, 3)
            .map(({ signer }) => toHex(signer.publicKey))
            .toSorted(),
        )
        assert.deepEqual(
          error.chains.map((chain) => chain[0]!.header.height),
          [20, 20],
        )
        return true
      })
      // Nothing of it was remembered: a height that both share is still given.
      assert.equal((await light.at(25)).header.height, 25)
    }
  })

  it('[LIGHT-5] finds the last common header, over the heights a witness has', async () => {
    // The first chain exchanges validators, so that its way has headers between.
    const renewing: HeadersOptions = {
      ...options,
      partiesAt: (height) => (height < 15 ? parties : [party(7, 1), party(8, 1), party(9, 1)]),
    }
    const base = new Headers(renewing)
    const lying = new Headers({
      ...renewing,
      fork: { of: base, after: 30 },
      changes: () => ({ appHash: new Uint8Array(32) }),
    })
    const witness = new HeadersSource('two', base)
    const { light } = client({ sources: [new HeadersSource('one', lying), witness] })
    await assert.rejects(light.newest(), (error) => {
      assert.ok(error instanceof Diverged)
      const [ours] = error.attacks
      assert.deepEqual([ours.kind, ours.commonHeight, ours.byzantine.length], ['lunatic', 15, 3])
      return true
    })
  })

  it('[LIGHT-6] drops a witness that cannot prove its header', async () => {
    const liar = new HeadersSource('liar', honest)
    liar.lie = (block) =>
      block.header.height < 30 ? block : { ...block, header: { ...block.header, appHash: new Uint8Array(32) } }
    const few = new HeadersSource('few', fork(25, { silent: (_height, one) => one.power === 3 }))
    const { light } = client({
      sources: [new HeadersSource('one', honest), liar, few, new HeadersSource('two', honest)],
    })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.deepEqual(light.sources.witnesses, ['two'])
    assert.deepEqual(light.confirmedBy, ['two'])
    assert.deepEqual(light.sources.dropped, [
      { source: 'liar', reason: 'header 40: commitBlockWrong' },
      { source: 'few', reason: 'header 40: commitPowerTooLow' },
    ])
  })

  it('[LIGHT-7] turns to another source when the first gives no answer, and never back to one that lies', async () => {
    const [one, two, three] = ['one', 'two', 'three'].map((name) => new HeadersSource(name, honest))
    const { light } = client({ sources: [one!, two!, three!] })
    one!.isDead = true
    assert.equal((await light.at(10)).header.height, 10)
    assert.deepEqual(light.sources, { primary: 'two', witnesses: ['three', 'one'], dropped: [] })
    one!.isDead = false
    two!.lie = (block) => ({ ...block, commit: honest.at(1).commit })
    assert.equal((await light.at(11)).header.height, 11)
    assert.deepEqual(light.sources.primary, 'three')
    assert.deepEqual(light.sources.dropped, [{ source: 'two', reason: 'header 11: commitHeightWrong' }])
  })

  it('[LIGHT-7] says of each source why there is no header', async () => {
    const sources = [new HeadersSource('one', honest, 20), new HeadersSource('two', honest, 20)]
    await assert.rejects(client({ sources }).light.at(30), (error) => {
      assert.ok(error instanceof HeaderUnknown)
      assert.deepEqual(
        error.faults.map(({ source }) => source),
        ['one', 'two'],
      )
      return true
    })
    const { light } = client({ trusted: { height: 20, hash: hashAt(20) } })
    await light.newest()
    await assert.rejects(light.at(10), HeaderUnknown)
  })

  it('[LIGHT-8] asks once for what it has verified, and never goes back', async () => {
    const { light, sources } = client({ store: new MemoryLightStore(2) })
    await light.newest()
    const asked = sources.map((source) => source.asked.length)
    assert.equal((await light.at(HEIGHTS)).header.height, HEIGHTS)
    assert.deepEqual(
      sources.map((source) => source.asked.length),
      asked,
    )
    for (const source of sources) source.height = 30
    assert.equal((await light.newest()).header.height, HEIGHTS)
  })

  it('[LIGHT-8] keeps one verified header against another newest one of the same height', async () => {
    const { light, sources } = client()
    await light.newest()
    sources[0]!.headers = fork(HEIGHTS - 1)
    await assert.rejects(light.newest(), Diverged)
    sources[0]!.headers = honest
    sources[0]!.lie = (block) => ({ ...block, header: { ...block.header, appHash: new Uint8Array(32) } })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.equal(light.sources.dropped[0]?.source, 'one')
  })

  it('[LIGHT-10] is not made with limits that are no whole numbers of milliseconds', () => {
    // As code without types would hand them in.
    for (const wrong of [undefined, null, '1000', Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1.5]) {
      assert.throws(() => client({ trustingPeriodMs: wrong as number }), /trustingPeriodMs is a whole number/)
    }
    for (const wrong of [null, '1000', Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5]) {
      assert.throws(() => client({ clockDriftMs: wrong as number }), /clockDriftMs is a whole number/)
    }
    client({ trustingPeriodMs: 1, clockDriftMs: 0 })
  })
})
