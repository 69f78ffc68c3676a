import type { View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { StateRows } from '@dujiang/projections'
import type { LedgerNode, Stored } from '../service/ledger-node.ts'
import { packReceipts } from './protocol.ts'

const RECEIPTS_MAX = 500
const READ_AT_ONCE = 100
const BYTES_MAX = 2 * 1024 * 1024
const STATE_ROWS_MAX = 200

/** What the ledger gives to the projections, when they ask: one batch at a time, of bounded size. Rule PRN-2. */
export class LedgerFeed {
  readonly #node: LedgerNode
  readonly #isPublic: (view: View, key: string) => boolean

  constructor(node: LedgerNode, isPublic: (view: View, key: string) => boolean) {
    this.#node = node
    this.#isPublic = isPublic
  }

  /** Receipts from this index on with what belongs to them, as the bytes that they are. */
  async receipts(from: number): Promise<Uint8Array> {
    const all: (readonly [Uint8Array, Uint8Array, Uint8Array])[] = []
    const acts = new BlockTxs(this.#node)
    let bytes = 0
    for (let at = from; all.length < RECEIPTS_MAX && bytes < BYTES_MAX; ) {
      const part = await this.#node.receipts(at, at + READ_AT_ONCE)
      for (const stored of part) {
        const fed = [stored.receiptBytes, Buffer.from(stored.eventsText), await acts.of(stored)] as const
        bytes += fed[0].length + fed[1].length + fed[2].length
        all.push(fed)
        if (bytes >= BYTES_MAX) break
      }
      if (part.length < READ_AT_ONCE) break
      at = (part.at(-1) as Stored).receipt.index + 1
    }
    return packReceipts(all)
  }

  /** Rows that everybody may see at a key, or under a prefix that ends in `/`. */
  stateRows(at: string, after?: string): StateRows {
    const view = this.#node.view()
    if (!at.endsWith('/')) {
      const value = view.get(at)
      return { rows: value === undefined || !this.#isPublic(view, at) ? [] : [[at, value]], more: false }
    }
    const rows: (readonly [string, Json])[] = []
    for (const [key, value] of view.scan(at, after)) {
      if (!this.#isPublic(view, key)) continue
      if (rows.length === STATE_ROWS_MAX) return { rows, more: true }
      rows.push([key, value])
    }
    return { rows, more: false }
  }
}

const NOTHING = new Uint8Array(0)

/** The acts of receipts that come in order: those of a block are read once. */
class BlockTxs {
  readonly #node: Pick<LedgerNode, 'txs'>
  #height = -1
  #txs: readonly Uint8Array[] = []

  constructor(node: Pick<LedgerNode, 'txs'>) {
    this.#node = node
  }

  /** Empty for what fell due. */
  async of({ receipt: { height }, position }: Stored): Promise<Uint8Array> {
    if (position === undefined) return NOTHING
    if (height !== this.#height) {
      this.#txs = (await this.#node.txs(height)) ?? []
      this.#height = height
    }
    return this.#txs[position] ?? NOTHING
  }
}
