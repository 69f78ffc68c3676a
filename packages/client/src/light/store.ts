import type { LightBlock } from '@dujiang/chain'

/** Verified light blocks, so that no way is walked twice. What stands in it is believed: it is the client's own. */
export interface LightStore {
  /** The block of this height or the nearest below. */
  atOrBelow(height: number): Promise<LightBlock | undefined>
  newest(): Promise<LightBlock | undefined>
  /** Keeps a block; the store may forget others, never the newest. */
  add(block: LightBlock): Promise<void>
}

const BLOCKS_MAX = 1_000

/** A store in memory; when it is full, the oldest goes. */
export class MemoryLightStore implements LightStore {
  readonly #blocksMax: number
  /** By height, ascending. */
  #blocks: readonly LightBlock[] = []

  constructor(blocksMax = BLOCKS_MAX) {
    if (blocksMax < 1) throw new Error('a store holds at least one block')
    this.#blocksMax = blocksMax
  }

  async atOrBelow(height: number): Promise<LightBlock | undefined> {
    return this.#blocks.findLast(({ header }) => header.height <= height)
  }

  async newest(): Promise<LightBlock | undefined> {
    return this.#blocks.at(-1)
  }

  async add(block: LightBlock): Promise<void> {
    const others = this.#blocks.filter(({ header }) => header.height !== block.header.height)
    const sorted = [...others, block].sort((left, right) => left.header.height - right.header.height)
    this.#blocks = sorted.slice(-this.#blocksMax)
  }
}
