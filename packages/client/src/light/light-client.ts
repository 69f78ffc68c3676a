import {
  type Founded,
  type LightBlock,
  type LightLimits,
  readGenesis,
  readProofHeader,
  timeFromMs,
  type Verified,
  type VerifiedState,
  verifyReceipt,
  verifyState,
} from '@dujiang/chain'
import type { CryptoProvider } from '@dujiang/core/crypto'
import { type Timing, realTiming } from '../transport.ts'
import { Diverged, faultText, HeaderUnknown, type SourceFault, TrustExpired } from './errors.ts'
import { examine, sameHeader } from './examine.ts'
import { heard, hearingOf, SourceFailed } from './heard.ts'
import type { LightProvider } from './provider.ts'
import { type PinnedHeader, rootFault, rootHeight } from './root.ts'
import { type LightStore, MemoryLightStore } from './store.ts'
import { isWay, walk } from './walk.ts'
import { Witnesses } from './witnesses.ts'

export interface LightClientOptions {
  /** The genesis file, pinned. */
  readonly genesis: Uint8Array
  readonly crypto: CryptoProvider
  /** Asked first; then compared with the witnesses, of which one at least must confirm. */
  readonly primary: LightProvider
  readonly witnesses: readonly LightProvider[]
  /** Where trust begins; the first header by the validators of the genesis file unless told. */
  readonly trusted?: PinnedHeader
  /** A header older than this vouches for nothing: less than the time in which validators answer for what they signed. */
  readonly trustingPeriodMs: number
  /** How far ahead of this clock a header may be, and twice that a witness may be behind. */
  readonly clockDriftMs?: number
  readonly store?: LightStore
  readonly timing?: Timing
}

const CLOCK_DRIFT_MS = 10_000
/** How far witnesses may be behind beyond the drift of clocks. */
const LAG_MS = 5_000

/**
 * Verifies headers as the validators change, without executing anything. Rules LIGHT-1 to LIGHT-10. In Node and in the browser.
 * @example
 * const light = new LightClient({ genesis, crypto, primary: new NodeProvider(a), witnesses: [new NodeProvider(b)], trustingPeriodMs: 7 * 86_400_000 })
 * const { header } = await light.newest()
 */
export class LightClient {
  readonly #options: LightClientOptions
  readonly #timing: Timing
  readonly #founded: Founded
  readonly #store: LightStore
  readonly #witnesses: Witnesses
  #primary: LightProvider
  #confirmedBy: readonly string[] = []
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: LightClientOptions) {
    const { genesis, crypto, primary, witnesses, store = new MemoryLightStore(), timing = realTiming } = options
    const { trustingPeriodMs, clockDriftMs = CLOCK_DRIFT_MS } = options
    demandMs('trustingPeriodMs', trustingPeriodMs, 1)
    demandMs('clockDriftMs', clockDriftMs, 0)
    this.#options = options
    this.#timing = timing
    this.#founded = readGenesis(crypto.sha256, genesis)
    this.#store = store
    this.#witnesses = new Witnesses(witnesses, timing)
    this.#primary = primary
  }

  /** Who is asked first, who confirms, and who was dropped for what. */
  get sources(): {
    readonly primary: string
    readonly witnesses: readonly string[]
    readonly dropped: readonly SourceFault[]
  } {
    const { names, dropped } = this.#witnesses
    return { primary: this.#primary.name, witnesses: names, dropped }
  }

  /** The witnesses that confirmed the header last verified; none where no header has been verified that was not before. */
  get confirmedBy(): readonly string[] {
    return this.#confirmedBy
  }

  /** The header of a height, verified and confirmed. */
  at(height: number): Promise<LightBlock> {
    return this.#inTurn(() => this.#verify(height))
  }

  /** The newest header the source has, verified and confirmed; never one below what was verified before. */
  newest(): Promise<LightBlock> {
    return this.#inTurn(() => this.#verify(undefined))
  }

  /** Checks the file of a receipt under its header, verified by this client, not by the file's own signers. Rule PROOF-10. */
  async verifyReceipt(file: Uint8Array): Promise<Verified> {
    const believed = await this.#headerOf(file)
    if (typeof believed === 'string') return { ok: false, step: 'form', reason: believed }
    return verifyReceipt(this.#options.crypto, this.#founded, file, believed.header)
  }

  /** The same for what the state says about `key`; a row without `value` did not exist. */
  async verifyState(file: Uint8Array, key: string): Promise<VerifiedState> {
    const believed = await this.#headerOf(file)
    if (typeof believed === 'string') return { ok: false, step: 'form', reason: believed }
    const verified = verifyState(this.#options.crypto, this.#founded, file, believed.header)
    if (!verified.ok || verified.key === key) return verified
    return { ok: false, step: 'form', reason: `the file is about ${verified.key}` }
  }

  async #headerOf(file: Uint8Array): Promise<LightBlock | string> {
    const header = readProofHeader(file)
    return typeof header === 'string' ? header : this.at(header.height)
  }

  /** Asks one source after the other, until one leads to a header that the others confirm. */
  async #verify(height: number | undefined): Promise<LightBlock> {
    const faults: SourceFault[] = []
    for (let sources = this.#witnesses.names.length + 1; sources > 0; sources--) {
      try {
        return await this.#attempt(height)
      } catch (error) {
        if (!(error instanceof SourceFailed)) throw error
        faults.push({ source: this.#primary.name, reason: error.message })
        this.#turnToWitness(error)
      }
    }
    throw new HeaderUnknown(height, faults)
  }

  async #attempt(height: number | undefined): Promise<LightBlock> {
    const newest = (await this.#store.newest()) ?? (await this.#root())
    const anchor = height === undefined ? newest : ((await this.#store.atOrBelow(height)) ?? newest)
    if (anchor.header.height === height) return anchor
    if (height !== undefined && anchor.header.height > height) {
      throw new SourceFailed(`header ${height} is below all that is trusted`, false)
    }
    const source = this.#heardPrimary()
    const target = await ask(source, height)
    if (height !== undefined && target.header.height !== height) {
      throw new SourceFailed(`header ${height} is not there, or not kept`, target.header.height > height)
    }
    const limits = this.#limits()
    if (target.header.height <= anchor.header.height) {
      await this.#demandSame(source, anchor, target, limits)
      return anchor
    }
    const way = await this.#walk(source, anchor, target, limits)
    this.#confirmedBy = await this.#confirm(way, limits)
    for (const block of way) await this.#store.add(block)
    return target
  }

  async #walk(
    source: LightProvider,
    anchor: LightBlock,
    target: LightBlock,
    limits: LightLimits,
  ): Promise<readonly LightBlock[]> {
    const walked = await walk(this.#options.crypto, source, anchor, target, limits)
    if (isWay(walked)) return walked
    const { reason } = walked.fault
    if (reason === 'trustExpired') throw new TrustExpired(anchor.header.height)
    // Where headers between are missing, nothing has been said against the target.
    throw new SourceFailed(faultText(walked), reason !== 'notEnoughTrust')
  }

  /** The source's newest header is not above the verified one: if it is of the same height, it is the same, or an attack. */
  async #demandSame(source: LightProvider, anchor: LightBlock, newest: LightBlock, limits: LightLimits): Promise<void> {
    const { crypto } = this.#options
    const { height } = anchor.header
    if (newest.header.height < height || sameHeader(crypto, anchor, newest)) return
    const before = await this.#store.atOrBelow(height - 1)
    const way = before === undefined ? [anchor] : [before, anchor]
    const examination = { crypto, limits, primary: 'the verified chain', way }
    const examined = await examine(examination, source, newest)
    if (examined instanceof Diverged) throw examined
    throw new SourceFailed(`its newest header is another than the verified one: ${examined}`, true)
  }

  /** Where trust begins. */
  async #root(): Promise<LightBlock> {
    const { crypto, trusted } = this.#options
    const height = rootHeight(this.#founded, trusted)
    const block = await ask(this.#heardPrimary(), height)
    const faultOf = (one: LightBlock): string | undefined => rootFault(crypto, this.#founded, trusted, one)
    const fault = faultOf(block)
    if (fault !== undefined) throw new SourceFailed(fault, block.header.height === height)
    if (trusted === undefined) {
      const examination = { crypto, limits: this.#limits(), primary: this.#primary.name, way: [block] }
      await this.#witnesses.confirmFirst(examination, this.#founded, (one) => faultOf(one) === undefined)
    }
    await this.#store.add(block)
    return block
  }

  /** The source asked first, for as long as it is heard. */
  #heardPrimary(): LightProvider {
    return heard(this.#primary, hearingOf(this.#timing))
  }

  #confirm(way: readonly LightBlock[], limits: LightLimits): Promise<readonly string[]> {
    const { crypto, clockDriftMs = CLOCK_DRIFT_MS } = this.#options
    const lagMsMax = 2 * clockDriftMs + LAG_MS
    return this.#witnesses.confirm({ crypto, limits, primary: this.#primary.name, way }, lagMsMax)
  }

  /** The next source is asked first; one that lied is not asked again, one that had no answer is asked last. */
  #turnToWitness({ lied, message }: SourceFailed): void {
    const next = this.#witnesses.promote()
    if (next === undefined) return
    if (lied) this.#witnesses.drop(this.#primary, message)
    else this.#witnesses.add(this.#primary)
    this.#primary = next
  }

  #limits(): LightLimits {
    const { trustingPeriodMs, clockDriftMs = CLOCK_DRIFT_MS } = this.#options
    return { now: timeFromMs(this.#timing.nowMs()), trustingPeriodMs, clockDriftMs }
  }

  /** One after the other: what one finds out about a source counts for the next. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => undefined)
    return mine
  }
}

async function ask(source: LightProvider, height: number | undefined): Promise<LightBlock> {
  const block = await source.lightBlock(height)
  if (block === undefined) throw new SourceFailed('it has no such header', false)
  return block
}

/** A comparison with what is no number is never true: no header would ever be too old, or too far ahead. Rule LIGHT-10. */
function demandMs(name: string, ms: number, msMin: number): void {
  if (Number.isSafeInteger(ms) && ms >= msMin) return
  throw new RangeError(`${name} is a whole number of milliseconds, ${msMin} at least`)
}
