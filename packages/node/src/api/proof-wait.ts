import type { ReceiptProof } from '@dujiang/chain'
import type { Clock } from '../seams/index.ts'
import type { LedgerNode } from '../service/ledger-node.ts'

/** Waits for receipts to become provable, each for a bounded time. */
export class ProofWait {
  readonly #node: LedgerNode
  readonly #clock: Clock
  readonly #waitMs: number
  readonly #waiting = new Set<() => void>()

  constructor(node: LedgerNode, clock: Clock, waitMs: number) {
    this.#node = node
    this.#clock = clock
    this.#waitMs = waitMs
  }

  /** The proof of the receipt at this index; undefined when none came in time, or the API is closing. */
  async of(id: string, index: number): Promise<ReceiptProof | undefined> {
    if (this.#node.status().provable <= index) await this.#until(index)
    return this.#node.prove(id)
  }

  /** Lets everybody go. */
  end(): void {
    for (const go of this.#waiting) go()
  }

  #until(index: number): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        cancelTimer()
        cancelListener()
        this.#waiting.delete(go)
        resolve()
      }
      const cancelTimer = this.#clock.wakeAt(this.#clock.nowMs() + this.#waitMs, go)
      const cancelListener = this.#node.onProvable(() => {
        if (this.#node.status().provable > index) go()
      })
      this.#waiting.add(go)
    })
  }
}
