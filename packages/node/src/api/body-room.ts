/** How many bytes of request bodies are held at once, those still arriving counted as long as they said to be. */
export class BodyRoom {
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  /** Takes room for a body and gives how to free it; undefined when there is none. */
  take(bytes: number): (() => void) | undefined {
    if (this.#bytes + bytes > this.#bytesMax) return undefined
    this.#bytes += bytes
    return () => {
      this.#bytes -= bytes
    }
  }
}
