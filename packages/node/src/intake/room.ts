/** How much is taken in and not settled: count and bytes are bounded, and what does not fit is told to come later. */
export class Room {
  readonly #actsMax: number
  readonly #bytesMax: number
  #acts = 0
  #bytes = 0

  constructor(actsMax: number, bytesMax: number) {
    this.#actsMax = actsMax
    this.#bytesMax = bytesMax
  }

  get acts(): number {
    return this.#acts
  }

  /** Takes a place; false when there is none, and then nothing is taken. `always`: also where there is none. */
  take(bytes: number, always = false): boolean {
    if (!always && (this.#acts >= this.#actsMax || this.#bytes + bytes > this.#bytesMax)) return false
    this.#acts += 1
    this.#bytes += bytes
    return true
  }

  free(bytes: number): void {
    this.#acts -= 1
    this.#bytes -= bytes
  }
}
