import { type LightBlock, type LightFault, type LightLimits, verifyAdjacent, verifySkipping } from './light.ts'
import type { CommitCrypto } from './verify-commit.ts'

/** Headers fetched on the way to one target: far above what honest chains need, so that no source leads us on for ever. */
const FETCHES_MAX = 1_000

/** Why a target was not reached: a rule that one header on the way breaks, or a source that does not give what it must. */
export type BisectionFault =
  | { readonly height: number; readonly fault: LightFault }
  | { readonly height: number; readonly fault: { readonly reason: 'notAsked' | 'tooManyFetches' } }

/** What comes next: fetch the header of a height and `give` it, or the end. `trace` begins with the trusted header. */
export type BisectionStep =
  | { readonly kind: 'fetch'; readonly height: number }
  | { readonly kind: 'believed'; readonly trace: readonly LightBlock[] }
  | ({ readonly kind: 'refused' } & BisectionFault)

/**
 * Leads from a trusted light block to a later one over as few between as the changes of the validators allow. Pure: whoever
 * drives it fetches. Rule COMET-19.
 * @example for (let step = bisection.step(); step.kind === 'fetch'; step = bisection.step()) bisection.give(await fetch(step.height))
 */
export class Bisection {
  readonly #crypto: CommitCrypto
  readonly #limits: LightLimits
  readonly #trace: LightBlock[]
  /** Fetched and not yet believed: the target, and below it what was fetched to get there, each lower than the one before. */
  readonly #open: LightBlock[]
  /** Nothing is kept between the newest believed header and this height. */
  #emptyUpTo: number
  #fetches = 0
  #fault: BisectionFault | undefined

  constructor(crypto: CommitCrypto, trusted: LightBlock, target: LightBlock, limits: LightLimits) {
    this.#crypto = crypto
    this.#limits = limits
    this.#trace = [trusted]
    this.#open = [target]
    this.#emptyUpTo = trusted.header.height
  }

  step(): BisectionStep {
    for (let depth = 0; this.#fault === undefined && this.#open.length > 0; ) {
      const block = this.#open[depth] as LightBlock
      const fault = this.#judge(block)
      if (fault === undefined) {
        this.#believe(block, depth)
        depth = 0
      } else if (fault.reason !== 'notEnoughTrust') this.#fault = { height: block.header.height, fault }
      else if (depth < this.#open.length - 1) depth++
      else {
        const height = this.#pivot(block.header.height)
        if (height !== undefined) return { kind: 'fetch', height }
        this.#fault = { height: block.header.height, fault }
      }
    }
    return this.#fault === undefined ? { kind: 'believed', trace: this.#trace } : { kind: 'refused', ...this.#fault }
  }

  /** What a source gave for the height last asked for: the block there, the nearest kept one below, or undefined for none. */
  give(block: LightBlock | undefined): void {
    const ceiling = this.#lowest()
    const asked = this.#pivot(ceiling) ?? ceiling
    const height = block?.header.height ?? 0
    if (++this.#fetches > FETCHES_MAX) this.#fault = { height, fault: { reason: 'tooManyFetches' } }
    else if (height > asked) this.#fault = { height, fault: { reason: 'notAsked' } }
    else if (block === undefined || height <= this.#emptyUpTo) this.#emptyUpTo = asked
    else this.#open.push(block)
  }

  /** The newest header believed. */
  #trusted(): LightBlock {
    return this.#trace.at(-1) as LightBlock
  }

  #lowest(): number {
    return (this.#open.at(-1) as LightBlock).header.height
  }

  /** Nine sixteenths of the way, as the engine does it; undefined when nothing lies between. */
  #pivot(ceiling: number): number | undefined {
    const gap = ceiling - this.#emptyUpTo
    return gap <= 1 ? undefined : this.#emptyUpTo + Math.max(1, Math.floor(gap * (9 / 16)))
  }

  #judge(block: LightBlock): LightFault | undefined {
    const trusted = this.#trusted()
    return block.header.height === trusted.header.height + 1
      ? verifyAdjacent(this.#crypto, trusted.header, block, this.#limits)
      : verifySkipping(this.#crypto, trusted, block, this.#limits)
  }

  #believe(block: LightBlock, depth: number): void {
    this.#trace.push(block)
    this.#open.splice(depth)
    this.#emptyUpTo = block.header.height
  }
}
