import { type LightBlock, lightBlockFromJson } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { Refused, Unreachable } from '../errors.ts'
import { type Fetch, type Timing, Transport, deadlineOf, realTiming } from '../transport.ts'

/** Whoever gives headers: nothing it says is believed because it says so. */
export interface LightProvider {
  /** How it is called in what is reported. */
  readonly name: string
  /**
   * The light block of a height, the newest without one. Where that height is not kept or not there yet, the nearest kept
   * below it; undefined when there is none. Throws {@link Unreachable} when there is no answer; once the signal is aborted
   * nobody waits for one any more.
   */
  lightBlock(height?: number, signal?: AbortSignal): Promise<LightBlock | undefined>
}

/** An answer is small, and another source has it too. */
const ANSWER_MS = 10_000

/** A node as a source of headers: `GET /v1/light/{height}`. Rule LIGHT-9. */
export class NodeProvider implements LightProvider {
  readonly name: string
  readonly #transport: Transport
  readonly #timing: Timing

  constructor(
    node: string,
    { fetch = globalThis.fetch.bind(globalThis), timing = realTiming }: { fetch?: Fetch; timing?: Timing } = {},
  ) {
    this.name = node
    this.#transport = new Transport([node], fetch, undefined, timing)
    this.#timing = timing
  }

  async lightBlock(height?: number, signal?: AbortSignal): Promise<LightBlock | undefined> {
    const late = deadlineOf(this.#timing, ANSWER_MS)
    const end = signal === undefined ? late : AbortSignal.any([late, signal])
    try {
      return await this.#nearest(height, end)
    } catch (cause) {
      if (!end.aborted) throw cause
      throw new Unreachable(`${this.name} gave no answer in time`, cause)
    }
  }

  async #nearest(height: number | undefined, end: AbortSignal): Promise<LightBlock | undefined> {
    try {
      return await this.#get(height === undefined ? 'latest' : String(height), end)
    } catch (error) {
      if (!(error instanceof Refused) || error.refusal.name !== 'lightBlockUnknown') throw error
      const { below } = error.refusal.facts
      if (typeof below !== 'number' || height === undefined || below >= height) return undefined
      return await this.#get(String(below), end)
    }
  }

  async #get(height: string, end: AbortSignal): Promise<LightBlock> {
    const block = lightBlockFromJson(await this.#transport.getJson<Json>(`/v1/light/${height}`, end))
    if (block.ok) return block.value
    const { path, reason } = block.fault
    throw new Unreachable(`${this.name} gave what is no light block: ${path} ${reason}`, undefined)
  }
}
