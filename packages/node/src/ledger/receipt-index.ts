import type { Recorded } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'

/**
 * The receipts of the ledger since this node has executed its blocks, by place in the log and by id. Held in memory; the
 * journal brings them back. Rule SNF-8 of SPEC.md in `snapshot`.
 */
export class ReceiptIndex {
  /** Receipts below this place are not held here: they are older than what this node began with. */
  readonly firstIndex: number
  readonly #list: Stored[] = []
  readonly #placeOf = new Map<string, number>()

  constructor(firstIndex = 0) {
    this.firstIndex = firstIndex
  }

  /** Receipts in the log, held or not. */
  get size(): number {
    return this.firstIndex + this.#list.length
  }

  at(index: number): Stored | undefined {
    return this.#list[index - this.firstIndex]
  }

  byId(id: string): Stored | undefined {
    const place = this.#placeOf.get(id)
    return place === undefined ? undefined : this.#list[place]
  }

  /** Takes in what a block recorded. `positions`: the place in the block of each of its transactions, by id. */
  add(recorded: readonly Recorded[], positions: ReadonlyMap<string, number>): readonly Stored[] {
    return recorded.map(({ receipt, events }) => {
      const position = receipt.kind === 'act' ? positions.get(receipt.id) : undefined
      const stored = position === undefined ? { receipt, events } : { receipt, events, position }
      this.#placeOf.set(receipt.id, this.#list.length)
      this.#list.push(stored)
      return stored
    })
  }
}
