import { compareTimes, type Founded, genesisValidators, type LightBlock, lightAttack, timeFromMs } from '@dujiang/chain'
import type { Timing } from '../transport.ts'
import { Diverged, NoWitness, type SourceFault } from './errors.ts'
import { type Examination, examine, sameHeader } from './examine.ts'
import { heard, hearingOf, SourceFailed } from './heard.ts'
import type { LightProvider } from './provider.ts'

/** What a witness says of a header. */
type Word =
  | { readonly kind: 'same' }
  | { readonly kind: 'proved'; readonly diverged: Diverged }
  /** Nothing, and why; or nothing that counts. */
  | { readonly kind: 'silent'; readonly reason: string }
  /** Another header, and what would prove or disprove it has not arrived. */
  | { readonly kind: 'contradicts'; readonly reason: string }

/** The other sources: each verified header must be confirmed by one of them at least. Rules LIGHT-3 to LIGHT-6 and LIGHT-9. */
export class Witnesses {
  #all: readonly LightProvider[]
  readonly #timing: Timing
  readonly #dropped: SourceFault[] = []

  constructor(all: readonly LightProvider[], timing: Timing) {
    this.#all = all
    this.#timing = timing
  }

  get names(): readonly string[] {
    return this.#all.map(({ name }) => name)
  }

  /** Those no longer asked, each with its reason. */
  get dropped(): readonly SourceFault[] {
    return this.#dropped
  }

  /** Takes one away, to be asked first from now on. */
  promote(): LightProvider | undefined {
    const [first, ...others] = this.#all
    this.#all = others
    return first
  }

  /** Gives a source that did not answer the last place. */
  add(source: LightProvider): void {
    this.#all = [...this.#all, source]
  }

  drop(source: LightProvider, reason: string): void {
    this.#all = this.#all.filter((one) => one !== source)
    this.#dropped.push({ source: source.name, reason })
  }

  /**
   * Compares the end of a verified way, and gives who confirms it. Throws {@link Diverged}, or {@link NoWitness} where nobody
   * does. A witness that is behind has `lagMsMax` to catch up.
   */
  confirm(examination: Examination, lagMsMax: number): Promise<readonly string[]> {
    const target = examination.way.at(-1) as LightBlock
    const { height } = target.header
    return this.#hear(height, lagMsMax, async (witness, end) => {
      const theirs = await caughtUp(heard(witness, end), height, this.#timing, lagMsMax, end)
      if (typeof theirs === 'string') return { kind: 'silent', reason: theirs }
      const isBehind = theirs.header.height < height && compareTimes(theirs.header.time, target.header.time) < 0
      if (isBehind) return { kind: 'silent', reason: `it has come to header ${theirs.header.height} only` }
      return this.#compare(examination, witness, theirs, end)
    })
  }

  /** Compares where trust begins when only the genesis file is pinned: more than one first header may be signed. */
  async confirmFirst(examination: Examination, founded: Founded, holds: (block: LightBlock) => boolean): Promise<void> {
    const first = examination.way[0] as LightBlock
    const { height } = first.header
    await this.#hear(height, 0, async (witness, end) => {
      const theirs = await heard(witness, end).lightBlock(height)
      if (theirs?.header.height !== height) return { kind: 'silent', reason: `it has not kept header ${height}` }
      if (sameHeader(examination.crypto, first, theirs)) return { kind: 'same' }
      if (!holds(theirs)) return this.#unheard(witness, 'its first header is none of the genesis validators')
      return { kind: 'proved', diverged: twoBeginnings(examination, founded, witness.name, theirs) }
    })
  }

  /** Hears all at the same time, also where one has confirmed: the honest one may be the last to answer. */
  async #hear(
    height: number,
    lagMsMax: number,
    word: (witness: LightProvider, end: AbortSignal) => Promise<Word>,
  ): Promise<readonly string[]> {
    const asked = this.#all
    const words = await Promise.all(
      asked.map((one) => unlessFailed('silent', word(one, hearingOf(this.#timing, lagMsMax)))),
    )
    const confirming: string[] = []
    const faults: SourceFault[] = []
    for (const [place, one] of words.entries()) {
      const source = (asked[place] as LightProvider).name
      if (one.kind === 'proved') throw one.diverged
      if (one.kind === 'same') confirming.push(source)
      else faults.push({ source, reason: one.reason })
    }
    // Who cuts off the honest witness in the middle of its proof gains nothing: until it is heard, nobody else's word counts.
    const isOpen = words.some(({ kind }) => kind === 'contradicts')
    if (isOpen || confirming.length === 0) throw new NoWitness(height, faults)
    return confirming
  }

  async #compare(
    examination: Examination,
    witness: LightProvider,
    theirs: LightBlock,
    end: AbortSignal,
  ): Promise<Word> {
    const target = examination.way.at(-1) as LightBlock
    const { height } = target.header
    if (theirs.header.height > height) {
      return this.#unheard(witness, `it gave header ${theirs.header.height} when asked for ${height}`)
    }
    if (theirs.header.height === height && sameHeader(examination.crypto, target, theirs)) return { kind: 'same' }
    // Another header; or a lower one that is no earlier: no chain of one past has both.
    return unlessFailed('contradicts', this.#examined(examination, witness, theirs, end))
  }

  async #examined(
    examination: Examination,
    witness: LightProvider,
    theirs: LightBlock,
    end: AbortSignal,
  ): Promise<Word> {
    const found = await examine(examination, heard(witness, end), theirs)
    return found instanceof Diverged ? { kind: 'proved', diverged: found } : this.#unheard(witness, found)
  }

  /** Drops a witness: what it says cannot be so. */
  #unheard(witness: LightProvider, reason: string): Word {
    this.drop(witness, reason)
    return { kind: 'silent', reason }
  }
}

/** Two first headers, both signed by validators of the genesis file. */
function twoBeginnings(
  { crypto, primary, way }: Examination,
  founded: Founded,
  witness: string,
  theirs: LightBlock,
): Diverged {
  const { sha256 } = crypto
  const ours = way[0] as LightBlock
  const header = { height: ours.header.height - 1, time: timeFromMs(founded.genesis.time) }
  const common = { header, validators: genesisValidators(founded) }
  const attacks = [lightAttack(sha256, ours, theirs, common), lightAttack(sha256, theirs, ours, common)] as const
  return new Diverged([primary, witness], [[ours], [theirs]], attacks)
}

/** The witness's header of that height; where it has not come so far in time, its newest. A text is why it has none to compare. */
async function caughtUp(
  witness: LightProvider,
  height: number,
  timing: Timing,
  lagMsMax: number,
  end: AbortSignal,
): Promise<LightBlock | string> {
  const untilMs = timing.nowMs() + lagMsMax
  for (let stepMs = 250; ; stepMs = Math.min(stepMs * 2, 2_000)) {
    const block = await witness.lightBlock(height)
    if (block !== undefined && block.header.height >= height) return block
    const newest = await witness.lightBlock()
    if (newest === undefined) return 'it has no header'
    if (newest.header.height > height) return `it has not kept header ${height}`
    const leftMs = untilMs - timing.nowMs()
    if (leftMs <= 0) return newest
    await timing.sleep(Math.min(stepMs, leftMs), end)
  }
}

/** What a witness says, or this of one that gives no answer. */
async function unlessFailed(kind: 'silent' | 'contradicts', word: Promise<Word>): Promise<Word> {
  try {
    return await word
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error
    return { kind, reason: error.message }
  }
}
