import { type Ledger, Quotas } from '@dujiang/chain'

const MINUTE_MS = 60_000

/**
 * How many more acts of each organisation the mempool wants before the next block: as many as its quota leaves. Else one
 * organisation's acts that have to wait would fill what a proposer is shown, and nobody else's came into a block.
 */
export class QuotaLeft {
  readonly #ledger: Ledger
  readonly #left = new Map<string, number>()
  #height = -1
  #minute = -1

  constructor(ledger: Ledger) {
    this.#ledger = ledger
  }

  /** Counts one act of `org`; false when there are enough. The count begins anew with each block and each minute. */
  take(org: string, timeMs: number): boolean {
    const { app, tip } = this.#ledger
    const minute = Math.floor(timeMs / MINUTE_MS)
    if (tip.height !== this.#height || minute !== this.#minute) this.#left.clear()
    this.#height = tip.height
    this.#minute = minute
    let left = this.#left.get(org)
    if (left === undefined) {
      const view = this.#ledger.view(timeMs)
      left = new Quotas(view).left(app, view, org)
    }
    this.#left.set(org, Math.max(0, left - 1))
    return left > 0
  }
}
