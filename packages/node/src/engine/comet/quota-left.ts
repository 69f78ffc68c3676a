import { type Ledger, Quotas } from '@dujiang/chain'

const MINUTE_MS = 60_000

/** Of one minute, at one height. */
interface Count {
  readonly height: number
  readonly minute: number
  /** What the committed state says. */
  readonly quotas: Quotas
  readonly left: Map<string, number>
  /** Ids of those that were counted. */
  readonly counted: Set<string>
}

/**
 * How many more acts of each organisation the mempool wants before the next block: as many as its quota leaves. Else one
 * organisation's acts that have to wait would fill what a proposer is shown, and nobody else's came into a block.
 */
export class QuotaLeft {
  readonly #ledger: Ledger
  #count: Count | undefined

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /**
   * Counts this act of `org`, once in however many parcels it comes; false when there are enough. The count begins anew with
   * each block and each minute.
   */
  take(org: string, id: string, timeMs: number): boolean {
    const { app, tip } = this.#ledger
    const minute = Math.floor(timeMs / MINUTE_MS)
    const view = this.#ledger.view(timeMs)
    if (this.#count?.height !== tip.height || this.#count.minute !== minute) {
      this.#count = { height: tip.height, minute, quotas: new Quotas(view), left: new Map(), counted: new Set() }
    }
    const { quotas, left, counted } = this.#count
    const before = left.get(org) ?? quotas.left(app, view, org)
    if (before === 0) return counted.has(id)
    const { size } = counted
    // Each act in the mempool comes by here after each block: it is looked up once.
    if (counted.add(id).size > size) left.set(org, before - 1)
    return true
  }
}
