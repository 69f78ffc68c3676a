import { type Frontier, type Hash, append } from '@dujiang/core/crypto'
import { type Event, type Receipt, type Recorded, record } from '../receipt.ts'

/** Gives a block's receipts their place in the log, in the order in which things happen. */
export class Recorder {
  readonly recorded: Recorded[] = []
  readonly #sha256: Hash
  readonly #height: number
  readonly #timeMs: number
  #frontier: Frontier

  constructor(sha256: Hash, height: number, timeMs: number, frontier: Frontier) {
    this.#sha256 = sha256
    this.#height = height
    this.#timeMs = timeMs
    this.#frontier = frontier
  }

  get frontier(): Frontier {
    return this.#frontier
  }

  /** Records what was decided; gives the hash of the receipt's leaf. */
  keep(what: Pick<Receipt, 'act' | 'code' | 'id' | 'kind' | 'org' | 'refusal'>, events: readonly Event[]): Uint8Array {
    const place = { height: this.#height, index: this.#frontier.size, time: this.#timeMs }
    const entry = record(this.#sha256, { ...what, ...place }, events)
    this.#frontier = append(this.#sha256, this.#frontier, entry.leaf)
    this.recorded.push(entry)
    return entry.leaf
  }
}
