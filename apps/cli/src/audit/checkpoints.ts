import { type SealedBlock, headerHash } from '@dujiang/chain'
import { equalBytes, fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Bad } from '@dujiang/node/export'
import { type Kept, readCheckpoints } from '../witness/checkpoint-files.ts'

/** Checkpoints kept from earlier, held against a chain while it is audited. Rule WIT-5. */
export class Checkpoints {
  /** Those not met yet, in order of height. */
  #open: readonly Kept[]
  #bad: Bad | undefined

  private constructor(kept: readonly Kept[]) {
    this.#open = [...kept].sort((a, b) => a.checkpoint.height - b.checkpoint.height)
  }

  static async read(files: readonly string[], witnesses: readonly string[], chain: string): Promise<Checkpoints> {
    return new Checkpoints(await readCheckpoints(files, witnesses, chain))
  }

  /** A block holds; those between it and the one before have been left out, since they did nothing. */
  meet({ header }: SealedBlock): void {
    const due = this.#open.filter(({ checkpoint }) => checkpoint.height <= header.height)
    if (due.length === 0) return
    this.#open = this.#open.slice(due.length)
    for (const { file, checkpoint } of due) {
      const isSame =
        checkpoint.height === header.height
          ? checkpoint.block === toHex(headerHash(nodeCrypto.sha256, header))
          : equalBytes(fromHex(checkpoint.appHash), header.appHash)
      const { height } = checkpoint
      if (!isSame) this.#bad ??= { height, file, offset: 0, reason: 'the witness signed another history' }
    }
  }

  /** The first that does not hold; also one above the end of the chain. */
  get bad(): Bad | undefined {
    const [beyond] = this.#open
    if (this.#bad !== undefined || beyond === undefined) return this.#bad
    return {
      height: beyond.checkpoint.height,
      file: beyond.file,
      offset: 0,
      reason: 'the chain ends below this checkpoint',
    }
  }
}
