import type { Validator } from '@dujiang/chain'

interface Set {
  readonly fromHeight: number
  readonly validators: readonly Validator[]
}

/** Who signed which blocks: the sets of validators one after the other, as executed blocks have named them. */
export class Seats {
  readonly #sets: Set[]

  constructor(firstHeight: number, validators: readonly Validator[]) {
    this.#sets = [{ fromHeight: firstHeight, validators }]
  }

  /** Block `height` has named these: they sign from the second block after it. Rule VAL-1. */
  change(height: number, validators: readonly Validator[]): void {
    this.#sets.push({ fromHeight: height + 2, validators })
  }

  at(height: number): readonly Validator[] | undefined {
    return this.#sets.findLast(({ fromHeight }) => fromHeight <= height)?.validators
  }

  /** First blocks of new sets, ascending. */
  get changes(): readonly number[] {
    return this.#sets.slice(1).map(({ fromHeight }) => fromHeight)
  }
}
