import type { Row, Value } from '../database/database.ts'
import type { FedTexts } from '../follow/feed.ts'

/** As many rows are counted, and skipped, at most. */
export const ROWS_COUNTED_MAX = 1_000_000

/** A question to one table. Who asks it has judged whether its columns may be asked for. */
export interface ListAsk {
  readonly table: string
  /** Rows that have these values. */
  readonly equals: { readonly [column: string]: string | number }
  /** Of receipts alone. */
  readonly receipts?: ReceiptsAsk
  /** The organisation that looks; anybody when left out. */
  readonly viewer?: string
  /** The seals that are closed now. */
  readonly seals: readonly string[]
  /** Where the page before ended. */
  readonly after?: readonly Value[]
  /** Rows after that place which are left out. */
  readonly skip?: number
  /** Are the rows after that place to be counted? */
  readonly counts?: true
  readonly limit: number
}

export interface ReceiptsAsk {
  readonly idPrefix?: string
  readonly declined?: boolean
  /** Block times, the first included and the second not. */
  readonly fromMs?: number
  readonly untilMs?: number
}

export interface ListPage {
  readonly rows: readonly ListedRow[]
  /** Where the next page goes on, when there is one. */
  readonly next?: readonly Value[]
  /** Rows after the place of the question, when it asked: at most {@link ROWS_COUNTED_MAX}. */
  readonly count?: number
  /** Index of the first receipt that was not in the tables yet. */
  readonly upTo: number
}

export interface ListedRow {
  /** The table's columns. */
  readonly row: Row
  /** Of a sealed table: what the receipt that made the row stands for, so that it can be judged again who may see it. */
  readonly made?: FedTexts
}
