import { type Ledger, Quotas } from '@dujiang/chain'

const MINUTE_MS = 60_000

/** Of one minute, at one height. */
interface Count {
  readonly height: number
  readonly minute: number
  /** What the committed state says. */
  readonly quotas: Quotas
  readonly left: Map<string, number>
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

  /** Counts one act of `org`; false when there are enough. The count begins anew with each block and each minute. */
  take(org: string, timeMs: number): boolean {
    const { app, tip } = this.#ledger
    const minute = Math.floor(timeMs / MINUTE_MS)
    const view = this.#ledger.view(timeMs)
    if (this.#count?.height !== tip.height || this.#count.minute !== minute) {
      this.#count = { height: tip.height, minute, quotas: new Quotas(view), left: new Map() }
    }
    const { quotas, left } = this.#count
    const before = left.get(org) ?? quotas.left(app, view, org)
    left.set(org, Math.max(0, before - 1))
    return before > 0
  }
}
