import { Sources } from './sources.ts'

/** For whom a place is taken. */
interface Guest {
  /** Where the act comes from, such as an address; undefined from this process. */
  readonly from?: string | undefined
  /** It gets a place also where there is none. */
  readonly resumed?: boolean
}

/** How much is taken in and not settled: count and bytes are bounded, and what does not fit is told to come later. Rule IN-4. */
export class Room {
  readonly #actsMax: number
  readonly #bytesMax: number
  readonly #sources: Sources
  #acts = 0
  #bytes = 0

  constructor(actsMax: number, bytesMax: number, nowMs: () => number) {
    this.#actsMax = actsMax
    this.#bytesMax = bytesMax
    this.#sources = new Sources(nowMs)
  }

  get acts(): number {
    return this.#acts
  }

  /** Takes a place; false when there is none, and then nothing is taken. */
  take(bytes: number, { from, resumed = false }: Guest): boolean {
    const isFull = this.#acts >= this.#actsMax || this.#bytes + bytes > this.#bytesMax
    if (!resumed && (isFull || (from !== undefined && !this.#sources.hasPlace(from)))) return false
    this.#acts += 1
    this.#bytes += bytes
    if (from !== undefined) this.#sources.took(from)
    return true
  }

  free(bytes: number, { from }: Guest): void {
    this.#acts -= 1
    this.#bytes -= bytes
    if (from !== undefined) this.#sources.answered(from)
  }

  /** What came from there had a false signature. */
  sentFalse({ from }: Guest): void {
    if (from !== undefined) this.#sources.sentFalse(from)
  }
}
