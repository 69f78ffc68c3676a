const BLOCKS_MAX = 256

interface WithTxs {
  readonly txs: readonly Uint8Array[]
}

/** The newest blocks, so that proofs of fresh receipts need no disk. */
export class RecentBlocks<B extends WithTxs> {
  readonly #blocks = new Map<number, B>()
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get(height: number): B | undefined {
    return this.#blocks.get(height)
  }

  /** Blocks arrive in order of height; the oldest leave first. */
  add(height: number, block: B): void {
    this.#blocks.set(height, block)
    this.#bytes += bytesOf(block)
    for (const [oldestHeight, oldest] of this.#blocks) {
      if (this.#bytes <= this.#bytesMax && this.#blocks.size <= BLOCKS_MAX) break
      this.#blocks.delete(oldestHeight)
      this.#bytes -= bytesOf(oldest)
    }
  }
}

const bytesOf = ({ txs }: WithTxs): number => txs.reduce((bytes, tx) => bytes + tx.length, 0)
