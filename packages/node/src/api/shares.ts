/** How many each may have of something at once. */
export class Shares {
  readonly #max: number
  readonly #taken = new Map<string, number>()

  constructor(max: number) {
    this.#max = max
  }

  /** Takes one for `name` and gives how to give it back, once; undefined when `name` has as many as it may. */
  take(name: string): (() => void) | undefined {
    const taken = this.#taken.get(name) ?? 0
    if (taken >= this.#max) return undefined
    this.#taken.set(name, taken + 1)
    let given = false
    return () => {
      if (given) return
      given = true
      const left = (this.#taken.get(name) ?? 1) - 1
      if (left === 0) this.#taken.delete(name)
      else this.#taken.set(name, left)
    }
  }
}
