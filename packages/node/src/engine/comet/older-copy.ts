import type { OlderCopyStand } from '../engine.ts'
import type { Passed } from './comet-keeper.ts'

/**
 * Notices that the ledger's disk is older than what this node has done. Its keys sign nothing about a height before all blocks
 * below are durable here; so when one that did something is handed over again below what they have signed, the disk has lost it,
 * and with it the promises made since that are in no block. Rule CMT-20.
 */
export class OlderCopy {
  readonly #signedHeight: number
  readonly #endedAtHeight: number
  #isOne = false

  /**
   * @param signedHeight what the node's keys had signed before this start; 0 where they sign nothing
   * @param endedAtHeight where the ledger's own record ended
   */
  constructor(signedHeight: number, endedAtHeight: number) {
    this.#signedHeight = signedHeight
    this.#endedAtHeight = endedAtHeight
  }

  /** A block has been executed that the record did not have. Those without effect are never recorded one by one. */
  pass({ height, quiet }: Passed): void {
    if (!quiet && height < this.#signedHeight) this.#isOne = true
  }

  get stand(): OlderCopyStand | undefined {
    return this.#isOne ? { endedAtHeight: this.#endedAtHeight, signedHeight: this.#signedHeight } : undefined
  }
}
