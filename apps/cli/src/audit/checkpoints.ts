import { readFile } from 'node:fs/promises'
import { type Checkpoint, type SealedBlock, checkpointHolds, headerHash, readCheckpoint } from '@dujiang/chain'
import { equalBytes, fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import type { Bad } from '@dujiang/node/export'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { unreadable } from '../input.ts'
import { readCardFile } from '../network/public-files.ts'

interface Kept {
  readonly file: string
  readonly checkpoint: Checkpoint
}

/** Checkpoints kept from earlier, held against a chain while it is audited. Rule WIT-5. */
export class Checkpoints {
  /** Those not met yet, in order of height. */
  #open: readonly Kept[]
  #bad: Bad | undefined

  private constructor(kept: readonly Kept[]) {
    this.#open = [...kept].sort((a, b) => a.checkpoint.height - b.checkpoint.height)
  }

  /** Reads them; refuses one that none of the witnesses signed, or that is of another chain. */
  static async read(files: readonly string[], witnesses: readonly string[], chain: string): Promise<Checkpoints> {
    const known = new Map<string, string>()
    for (const card of witnesses) known.set((await readCardFile(card)).doorKey, card)
    return new Checkpoints(
      await Promise.all(files.map(async (file) => ({ file, checkpoint: await read(file, known, chain) }))),
    )
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

async function read(file: string, witnesses: ReadonlyMap<string, string>, chain: string): Promise<Checkpoint> {
  const checkpoint = readCheckpoint(Uint8Array.from(await readFile(file).catch(unreadable(file))))
  if (typeof checkpoint === 'string')
    throw new Failure(`${file} 不是检查点：${checkpoint}`, `${file} is no checkpoint: ${checkpoint}`)
  if (!witnesses.has(checkpoint.node))
    throw new Failure(
      `${file} 的签名者不在 --witness 所列名片中`,
      `${file} is signed by a key of none of the cards given with --witness`,
      EXIT_REFUSED,
    )
  if (!checkpointHolds(nodeCrypto, checkpoint))
    throw new Failure(`${file} 的签名不成立`, `the signature of ${file} is false`, EXIT_REFUSED)
  if (checkpoint.chain !== chain) throw new Failure(`${file} 属于另一条链`, `${file} is of another chain`, EXIT_REFUSED)
  return checkpoint
}
