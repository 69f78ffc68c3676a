/** Tells, once, that nothing has been heard for so long. Rule STILL-2. */
export class Silence {
  readonly #limitMs: number
  readonly #tell: () => void
  #timer: NodeJS.Timeout | undefined

  constructor(limitMs: number, tell: () => void) {
    this.#limitMs = limitMs
    this.#tell = tell
  }

  /** Counts from now on; what it had counted is forgotten. */
  begin(): void {
    this.end()
    this.#timer = setTimeout(this.#tell, this.#limitMs)
  }

  end(): void {
    clearTimeout(this.#timer)
  }
}
