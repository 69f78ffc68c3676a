import { afterMs, engineChainId, headerHash, msFromTime, readGenesis } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { genesisOf, Headers, HEADERS_START, HeadersSource, type HeadersOptions, party } from '@dujiang/testing/light'
import { LightClient, type LightClientOptions, type Timing } from '../../src/index.ts'

export const DAY_MS = 86_400_000
export const HEIGHTS = 40
export const parties = [party(0, 3), party(1, 3), party(2, 2), party(3, 2)]
export const genesis = genesisOf(parties)
export const chainIdBy = (file: Uint8Array): string => engineChainId(readGenesis(nodeCrypto.sha256, file))
export const options: HeadersOptions = { chainId: chainIdBy(genesis), heights: HEIGHTS, partiesAt: () => parties }
export const honest = new Headers(options)
export const hashAt = (height: number): string => toHex(headerHash(nodeCrypto.sha256, honest.at(height).header))

export function fork(after: number, over: Partial<HeadersOptions> = {}): Headers {
  return new Headers({ ...options, fork: { of: honest, after }, stepMs: 1_001, ...over })
}

/** A clock that stands a second after the newest header, and moves by sleeping and by what sources take. */
export class StandingClock implements Timing {
  timeMs = msFromTime(afterMs(HEADERS_START, (HEIGHTS + 1) * 1_000))
  sleptMs = 0
  whileAsleep: () => void = () => {}
  #deadlines: readonly { readonly atMs: number; readonly end: AbortController }[] = []

  pass(ms: number): void {
    this.timeMs += ms
    for (const { atMs, end } of this.#deadlines) if (atMs <= this.timeMs) end.abort()
  }

  nowMs = (): number => this.timeMs
  sleep = async (ms: number): Promise<void> => {
    this.sleptMs += ms
    this.pass(ms)
    this.whileAsleep()
  }
  deadline = (ms: number): AbortSignal => {
    const end = new AbortController()
    this.#deadlines = [...this.#deadlines, { atMs: this.timeMs + ms, end }]
    return end.signal
  }
}

interface RigOptions extends Partial<Omit<LightClientOptions, 'timing'>> {
  readonly sources?: readonly HeadersSource[]
  readonly timing?: StandingClock
}

/** A light client of two honest sources, unless told of others; the first is asked first. */
export function client(over: RigOptions = {}) {
  const { sources = [new HeadersSource('one', honest), new HeadersSource('two', honest)], ...rest } = over
  const { timing = new StandingClock(), ...others } = rest
  const [primary, ...witnesses] = sources
  const light = new LightClient({
    genesis,
    crypto: nodeCrypto,
    primary: primary!,
    witnesses,
    trustingPeriodMs: DAY_MS,
    timing,
    ...others,
  })
  return { light, timing, sources }
}
