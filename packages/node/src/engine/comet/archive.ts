import { type SealedBlock, readSealedBlock, writeSealedBlock } from '@dujiang/chain'
import type { Journal } from '../../store/index.ts'

/** Header, signatures and evidence of a block: what is not in the journal of decisions. */
export type Seal = Omit<SealedBlock, 'txs'>

/**
 * The seals of the blocks that are kept for ever, in a journal of their own: with the decisions they make up the chain as
 * anyone can check it, also when the engine has dropped its blocks. Rule CMT-10.
 */
export class Archive {
  readonly #journal: Journal
  readonly #indexOf = new Map<number, number>()
  readonly #heights: number[] = []

  private constructor(journal: Journal) {
    this.#journal = journal
  }

  static async open(journal: Journal): Promise<Archive> {
    const archive = new Archive(journal)
    for await (const { index, payload } of journal.records()) archive.#note(heightOf(payload), index)
    return archive
  }

  /** 0 when it is empty. */
  get lastHeight(): number {
    return this.#heights.at(-1) ?? 0
  }

  /** Ascending. */
  get heights(): readonly number[] {
    return this.#heights
  }

  /** The highest that is kept below `height`; undefined when there is none. */
  lastBelow(height: number): number | undefined {
    let low = 0
    let high = this.#heights.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#heights[middle] as number) < height) low = middle + 1
      else high = middle
    }
    return this.#heights[low - 1]
  }

  has(height: number): boolean {
    return this.#indexOf.has(height)
  }

  /** Takes in seals of ascending heights, all above the last. */
  async add(seals: readonly Seal[]): Promise<void> {
    const last = await this.#journal.append(seals.map(writeSeal))
    for (const [at, { header }] of seals.entries()) this.#note(header.height, last - seals.length + 1 + at)
  }

  async get(height: number): Promise<Seal | undefined> {
    const index = this.#indexOf.get(height)
    if (index === undefined) return undefined
    const seal = readSeal(await this.#journal.read(index))
    if (typeof seal === 'string') throw new Error(`archive: block ${height}: ${seal}`)
    return seal
  }

  #note(height: number, index: number): void {
    if (height <= this.lastHeight) throw new Error(`archive: block ${height} after ${this.lastHeight}`)
    this.#indexOf.set(height, index)
    this.#heights.push(height)
  }
}

// Rule REC-3: height (8 bytes, big-endian), then a block line without transactions.
const HEIGHT_BYTES = 8

function writeSeal(seal: Seal): Uint8Array {
  const line = writeSealedBlock({ ...seal, txs: [] })
  const record = Buffer.allocUnsafe(HEIGHT_BYTES + line.length)
  record.writeBigUInt64BE(BigInt(seal.header.height), 0)
  record.set(line, HEIGHT_BYTES)
  return record
}

/** Reads one; a string is the reason it is not one. */
export function readSeal(record: Uint8Array): Seal | string {
  const sealed = readSealedBlock(record.subarray(HEIGHT_BYTES))
  if (typeof sealed === 'string') return sealed
  const { txs, ...seal } = sealed
  return txs.length === 0 ? seal : 'a seal holds no transactions'
}

const heightOf = (record: Uint8Array): number =>
  Number(new DataView(record.buffer, record.byteOffset, record.length).getBigUint64(0))
