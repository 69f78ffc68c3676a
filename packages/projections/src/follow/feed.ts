import type { Json } from '@dujiang/core/codec'

/** One receipt as the ledger has it: texts that exist already, so that it costs the ledger next to nothing. */
export interface FedTexts {
  readonly receipt: string
  readonly events: string
  /** The signed act; absent for what fell due. */
  readonly act?: string
}

export interface StateRows {
  readonly rows: readonly (readonly [key: string, value: Json])[]
  readonly more: boolean
}

/** Where receipts come from: a ledger that gives what it is asked for, when it is asked. */
export interface Feed {
  /** The hash of the genesis file. */
  readonly chain: string
  /** Index of the first receipt it holds. */
  readonly firstReceipt: number
  /** Receipts from this index on, some; none when there are none yet. */
  receipts(from: number): Promise<readonly FedTexts[]>
  /** Public rows of the state at a key, or under a prefix that ends in `/`, after `after`, some. */
  stateRows(at: string, after?: string): Promise<StateRows>
  /** Resolves when the log may have more than `size` receipts. */
  grown(size: number): Promise<void>
}
