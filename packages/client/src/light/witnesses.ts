import { compareTimes, type Founded, genesisValidators, type LightBlock, lightAttack, timeFromMs } from '@dujiang/chain'
import type { Timing } from '../transport.ts'
import { Diverged, NoWitness, type SourceFault } from './errors.ts'
import { type Examination, examine, sameHeader } from './examine.ts'
import type { LightProvider } from './provider.ts'

/** How long a witness that is behind may take to catch up, and how one waits for it. */
export interface Patience {
  readonly timing: Timing
  readonly waitMs: number
}

/** The other sources: each verified header must be confirmed by one of them at least. Rules LIGHT-3 to LIGHT-6. */
export class Witnesses {
  #all: readonly LightProvider[]
  readonly #dropped: SourceFault[] = []

  constructor(all: readonly LightProvider[]) {
    this.#all = all
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

  /** Compares the end of a verified way, and gives who confirms it. Throws {@link Diverged}, or {@link NoWitness} where nobody does. */
  async confirm(examination: Examination, patience: Patience): Promise<readonly string[]> {
    const target = examination.way.at(-1) as LightBlock
    // All are heard, also where one has confirmed: the honest one may be the last to answer.
    const compare = (witness: LightProvider) => this.#compare(examination, witness, target, patience)
    const asked = this.#all
    const answers = await Promise.all(asked.map(compare))
    for (const answer of answers) if (answer instanceof Diverged) throw answer
    if (!answers.includes(true)) throw new NoWitness(target.header.height)
    return asked.filter((_, place) => answers[place] === true).map(({ name }) => name)
  }

  /** Compares where trust begins when only the genesis file is pinned: more than one first header may be signed. */
  async confirmFirst(examination: Examination, founded: Founded, holds: (block: LightBlock) => boolean): Promise<void> {
    const first = examination.way[0] as LightBlock
    const { height } = first.header
    let confirmed = false
    for (const witness of this.#all) {
      const theirs = await quiet(witness).lightBlock(height)
      if (theirs?.header.height !== height) continue
      if (sameHeader(examination.crypto, first, theirs)) confirmed = true
      else if (holds(theirs)) {
        const { sha256 } = examination.crypto
        const header = { height: height - 1, time: timeFromMs(founded.genesis.time) }
        const common = { header, validators: genesisValidators(founded) }
        const attacks = [
          lightAttack(sha256, first, theirs, common),
          lightAttack(sha256, theirs, first, common),
        ] as const
        throw new Diverged([examination.primary, witness.name], [[first], [theirs]], attacks)
      } else this.drop(witness, 'its first header is none of the genesis validators')
    }
    if (!confirmed) throw new NoWitness(height)
  }

  /** Does this witness confirm the header? False where it cannot say, or is dropped. */
  async #compare(
    examination: Examination,
    witness: LightProvider,
    target: LightBlock,
    patience: Patience,
  ): Promise<boolean | Diverged> {
    const { height, time } = target.header
    const source = quiet(witness)
    const theirs = await patiently(source, height, patience)
    if (theirs === undefined) return false
    if (theirs.header.height > height) {
      this.drop(witness, `it gave header ${theirs.header.height} when asked for ${height}`)
      return false
    }
    if (theirs.header.height === height && sameHeader(examination.crypto, target, theirs)) return true
    // Behind, but its time is not: no chain of one past has both.
    const behind = theirs.header.height < height
    if (behind && compareTimes(theirs.header.time, time) < 0) return false
    const examined = await examine(examination, source, theirs)
    if (typeof examined === 'string') this.drop(witness, examined)
    return examined instanceof Diverged ? examined : false
  }
}

/** The witness's header of that height; where it has not come so far in time, its newest. */
async function patiently(
  witness: LightProvider,
  height: number,
  { timing, waitMs }: Patience,
): Promise<LightBlock | undefined> {
  for (let waitedMs = 0, stepMs = 250; ; waitedMs += stepMs, stepMs = Math.min(stepMs * 2, 2_000)) {
    const block = await witness.lightBlock(height)
    if (block !== undefined && block.header.height >= height) return block
    const newest = await witness.lightBlock()
    // It has gone past and not kept that height: it cannot say.
    if (newest === undefined || newest.header.height > height) return undefined
    if (waitedMs >= waitMs) return newest
    await timing.sleep(Math.min(stepMs, waitMs - waitedMs))
  }
}

/** A witness that gives no answer says nothing. */
function quiet(witness: LightProvider): LightProvider {
  return {
    name: witness.name,
    async lightBlock(height) {
      try {
        return await witness.lightBlock(height)
      } catch {
        return undefined
      }
    },
  }
}
