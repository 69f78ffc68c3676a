import type { SealedBlock } from '@dujiang/chain'

const BLOCKS_MAX = 256

/** The newest blocks, so that proofs of fresh receipts need no disk. */
export class RecentBlocks {
  readonly #blocks = new Map<number, SealedBlock>()
  readonly #bytesMax: number
  #bytes = 0

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax
  }

  get(height: number): SealedBlock | undefined {
    return this.#blocks.get(height)
  }

  /** Blocks arrive in order of height; the oldest leave first. */
  add(block: SealedBlock): void {
    this.#blocks.set(block.header.height, block)
    this.#bytes += bytesOf(block)
    for (const [height, oldest] of this.#blocks) {
      if (this.#bytes <= this.#bytesMax && this.#blocks.size <= BLOCKS_MAX) break
      this.#blocks.delete(height)
      this.#bytes -= bytesOf(oldest)
    }
  }
}

const bytesOf = ({ txs }: SealedBlock): number => txs.reduce((bytes, tx) => bytes + tx.length, 0)
