import type { Recorded } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'

/** Every receipt of the ledger, by its place in the log and by id. Held in memory; the journal brings it back. */
export class ReceiptIndex {
  readonly #list: Stored[] = []
  readonly #indexOf = new Map<string, number>()

  get size(): number {
    return this.#list.length
  }

  at(index: number): Stored | undefined {
    return this.#list[index]
  }

  byId(id: string): Stored | undefined {
    const index = this.#indexOf.get(id)
    return index === undefined ? undefined : this.#list[index]
  }

  /** Takes in what a block recorded. `positions`: the place in the block of each of its transactions, by id. */
  add(recorded: readonly Recorded[], positions: ReadonlyMap<string, number>): readonly Stored[] {
    return recorded.map(({ receipt, events }) => {
      const position = receipt.kind === 'act' ? positions.get(receipt.id) : undefined
      const stored = position === undefined ? { receipt, events } : { receipt, events, position }
      this.#indexOf.set(receipt.id, this.#list.length)
      this.#list.push(stored)
      return stored
    })
  }
}
