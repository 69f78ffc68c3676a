import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LightBlock } from '@dujiang/chain'
import { genesisOf, Headers, HeadersSource, type HeadersOptions, type Party, party } from '@dujiang/testing/light'
import { Diverged, NoWitness } from '../../src/index.ts'
import { chainIdBy, client, HEIGHTS, honest, options, parties, StandingClock } from './rig.ts'

/** As long as a node may take for an answer, or nearly. */
const SLOW_MS = 9_900
const HEARD_MS = 60_000
const CATCH_UP_MS = 25_000

/** Takes its time for every answer. */
class SlowSource extends HeadersSource {
  readonly #timing: StandingClock

  constructor(name: string, headers: Headers, timing: StandingClock, height?: number) {
    super(name, headers, height)
    this.#timing = timing
  }

  override async lightBlock(height?: number): Promise<LightBlock | undefined> {
    this.#timing.pass(SLOW_MS)
    return super.lightBlock(height)
  }
}

/** Takes the question and never answers: nor does it end when nobody waits any more. */
class MuteSource extends HeadersSource {
  readonly #timing: StandingClock
  readonly signals: (AbortSignal | undefined)[] = []

  constructor(name: string, timing: StandingClock) {
    super(name, honest)
    this.#timing = timing
  }

  override lightBlock(_height?: number, signal?: AbortSignal): Promise<LightBlock | undefined> {
    this.signals.push(signal)
    // Once the others have had their answers, time passes until whoever waits for this one has given up.
    setImmediate(() => {
      while (signal?.aborted === false) this.#timing.pass(1_000)
    })
    return new Promise(() => {})
  }
}

/** Headers whose validators are all others from height to height, so that each must be fetched. */
function renewing(): { readonly genesis: Uint8Array; readonly headers: Headers } {
  const partiesAt = (height: number): readonly Party[] => [party(height, 1), party(100 + height, 1)]
  const genesis = genesisOf(partiesAt(1))
  return { genesis, headers: new Headers({ ...options, chainId: chainIdBy(genesis), partiesAt }) }
}

describe('the light client and sources that take long', () => {
  it('[LIGHT-9] hears a witness that never answers for a minute, and longer by what it may be behind', async () => {
    const timing = new StandingClock()
    const mute = new MuteSource('mute', timing)
    const sources = [new HeadersSource('one', honest), new HeadersSource('two', honest), mute]
    const startedMs = timing.timeMs
    const { light } = client({ sources, timing })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.deepEqual(light.confirmedBy, ['two'])
    // Asked for the first header and for the newest, and told each time that nobody waits any more.
    assert.deepEqual(
      mute.signals.map((signal) => signal?.aborted),
      [true, true],
    )
    assert.equal(timing.timeMs - startedMs, HEARD_MS + HEARD_MS + CATCH_UP_MS)
  })

  it('[LIGHT-9] turns to the next source when the first never answers', async () => {
    const timing = new StandingClock()
    const mute = new MuteSource('mute', timing)
    const startedMs = timing.timeMs
    const { light } = client({
      sources: [mute, new HeadersSource('one', honest), new HeadersSource('two', honest)],
      timing,
    })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.deepEqual(light.sources, { primary: 'one', witnesses: ['two', 'mute'], dropped: [] })
    assert.equal(timing.timeMs - startedMs, 3 * HEARD_MS + CATCH_UP_MS)
  })

  it('[LIGHT-9] does not follow a first source that leads on and on, each answer in time', async () => {
    const { genesis, headers } = renewing()
    const timing = new StandingClock()
    const slow = new SlowSource('slow', headers, timing)
    const startedMs = timing.timeMs
    const { light } = client({
      genesis,
      sources: [slow, new HeadersSource('one', headers), new HeadersSource('two', headers)],
      timing,
    })
    assert.equal((await light.newest()).header.height, HEIGHTS)
    assert.deepEqual(light.sources, { primary: 'one', witnesses: ['two', 'slow'], dropped: [] })
    // Its first header, its way as long as it was heard, and its word as a witness.
    assert.equal(timing.timeMs - startedMs, SLOW_MS + 7 * SLOW_MS + SLOW_MS)
  })

  it('[LIGHT-4] counts what its answers take into the time that a witness has to catch up', async () => {
    const timing = new StandingClock()
    const slow = new SlowSource('slow', honest, timing, 30)
    const startedMs = timing.timeMs
    const { light } = client({ sources: [new HeadersSource('one', honest), slow], timing })
    await assert.rejects(light.newest(), (error) => {
      assert.ok(error instanceof NoWitness)
      assert.deepEqual(error.faults, [{ source: 'slow', reason: 'it has come to header 30 only' }])
      return true
    })
    const tookMs = timing.timeMs - startedMs - SLOW_MS
    assert.ok(tookMs >= CATCH_UP_MS && tookMs < CATCH_UP_MS + 2 * SLOW_MS, `${tookMs} ms`)
  })

  it('[LIGHT-6] believes nobody while a witness contradicts and is cut off in its proof', async () => {
    // The validators change on the way, so that the witness is asked for headers between. The last ten headers are signed twice.
    const others = [party(7, 1), party(8, 1), party(9, 1)]
    const changing: HeadersOptions = { ...options, partiesAt: (height) => (height < 15 ? parties : others) }
    const base = new Headers(changing)
    const appHash = new Uint8Array(32)
    const lying = new Headers({ ...changing, fork: { of: base, after: 30 }, changes: () => ({ appHash }) })
    const between = (height: number | undefined): boolean => height !== undefined && height > 1 && height < HEIGHTS
    const witness = new (class extends HeadersSource {
      isCutOff = true
      override async lightBlock(height?: number): Promise<LightBlock | undefined> {
        if (this.isCutOff && between(height)) throw new Error('connection reset')
        return super.lightBlock(height)
      }
    })('honest', base)
    const sources = [new HeadersSource('liar', lying), new HeadersSource('accomplice', lying), witness]
    const { light } = client({ sources })
    await assert.rejects(light.newest(), (error) => {
      assert.ok(error instanceof NoWitness)
      assert.deepEqual(error.faults, [{ source: 'honest', reason: 'connection reset' }])
      return true
    })
    assert.deepEqual(light.sources, { primary: 'liar', witnesses: ['accomplice', 'honest'], dropped: [] })
    witness.isCutOff = false
    await assert.rejects(light.newest(), Diverged)
  })

  it('[LIGHT-6] believes nobody while a witness contradicts and takes longer than it is heard', async () => {
    const { genesis, headers } = renewing()
    const appHash = new Uint8Array(32)
    const partiesAt = (height: number): readonly Party[] => [party(height, 1), party(100 + height, 1)]
    const forked = new Headers({
      ...options,
      chainId: chainIdBy(genesis),
      partiesAt,
      fork: { of: headers, after: 39 },
      changes: () => ({ appHash }),
    })
    const timing = new StandingClock()
    const slow = new SlowSource('slow', forked, timing)
    const sources = [new HeadersSource('one', headers), new HeadersSource('two', headers), slow]
    await assert.rejects(client({ genesis, sources, timing }).light.newest(), (error) => {
      assert.ok(error instanceof NoWitness)
      assert.deepEqual(error.faults, [{ source: 'slow', reason: 'it did not answer in time' }])
      return true
    })
  })
})
