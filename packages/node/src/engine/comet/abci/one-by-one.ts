/**
 * Works that must not overlap, in the order in which they came. One that ends at once leaves no promise behind, so
 * that the next follows without a turn of the event loop.
 */
export class OneByOne {
  readonly #waiting: (() => void | Promise<void>)[] = []
  #running: Promise<void> | undefined

  /** `work` must neither throw nor reject. */
  run(work: () => void | Promise<void>): void {
    this.#waiting.push(work)
    if (this.#running === undefined) this.#go()
  }

  /** Resolves once nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running !== undefined) await this.#running
  }

  #go(): void {
    let work = this.#waiting.shift()
    while (work !== undefined) {
      const running = work()
      if (running !== undefined) {
        this.#running = running.then(() => {
          this.#running = undefined
          this.#go()
        })
        return
      }
      work = this.#waiting.shift()
    }
  }
}
