import { readFile } from 'node:fs/promises'
import { type Checkpoint, readCheckpoint, signCheckpoint, writeCheckpoint } from '@dujiang/chain'
import type { Hash, Signer } from '@dujiang/core/crypto'
import { writeWhole } from '../store/whole-file.ts'
import type { LedgerNode } from '../service/ledger-node.ts'

/**
 * Signs what a node has executed itself, for those who want to compare histories (见证). Never two things for one height,
 * whatever disk the node is put back from: the last checkpoint is durable before it is given out. Rules WIT-1 to WIT-4.
 */
export class Witness {
  readonly #path: string
  readonly #node: Pick<LedgerNode, 'chain' | 'lightBlock'>
  readonly #signer: Signer
  readonly #sha256: Hash
  #last: Checkpoint | undefined
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(
    path: string,
    node: Pick<LedgerNode, 'chain' | 'lightBlock'>,
    signer: Signer,
    sha256: Hash,
    last: Checkpoint | undefined,
  ) {
    this.#path = path
    this.#node = node
    this.#signer = signer
    this.#sha256 = sha256
    this.#last = last
  }

  /** Opens the record at `path`, which stays with the key. Rejects when it is damaged: then nobody knows what was signed. */
  static async open(
    path: string,
    node: Pick<LedgerNode, 'chain' | 'lightBlock'>,
    signer: Signer,
    sha256: Hash,
  ): Promise<Witness> {
    const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return undefined
      throw cause
    })
    const last = bytes && readCheckpoint(Uint8Array.from(bytes))
    if (typeof last === 'string') throw new Error(`${path} is damaged: ${last}`)
    return new Witness(path, node, signer, sha256, last)
  }

  /** The newest header as a checkpoint; undefined while there is none above what has been signed. */
  newest(): Promise<Checkpoint | undefined> {
    const mine = this.#turn.then(() => this.#sign())
    this.#turn = mine.catch(() => undefined)
    return mine
  }

  async #sign(): Promise<Checkpoint | undefined> {
    const block = await this.#node.lightBlock()
    if (block === undefined) return undefined
    const next = signCheckpoint(this.#sha256, this.#signer, this.#node.chain, block.header)
    const last = this.#last
    if (last !== undefined && next.height <= last.height) {
      return next.height === last.height && next.block === last.block ? last : undefined
    }
    await writeWhole(this.#path, new TextDecoder().decode(writeCheckpoint(next)))
    this.#last = next
    return next
  }
}
