import type { Json } from '@dujiang/core/codec'
import type { View } from './application.ts'
import type { Event, Receipt } from './receipt.ts'

/**
 * What an Application offers to those who read lists: tables that follow the log of receipts. They are derived, can be
 * thrown away and made again, and nothing on the ledger depends on them. All methods are pure functions.
 */
export interface ApplicationLists {
  /** Raised when the same receipts would give other rows: what another version has made is dropped and made again. */
  readonly version: number
  readonly tables: readonly ListTable[]
  /** What one finds the receipt by. */
  about(fed: Fed): About
  /** What it changes in the tables. */
  changes(fed: Fed): readonly ListChange[]
  /** Rows of the state that tables copy, to be read anew after it. */
  copies(fed: Fed): readonly StateCopy[]
  /** The seals that are closed in this state. */
  sealsNow(view: View): readonly string[]
}

/** A receipt as lists are made of it. */
export interface Fed {
  readonly receipt: Receipt
  readonly events: readonly Event[]
  /** What was asked for; absent for what fell due. */
  readonly asked?: { readonly v: number; readonly payload: Json }
}

export interface About {
  readonly session?: string
  readonly unit?: string
  /** While this seal is closed, the receipt and the rows it makes in sealed tables are its organisation's alone. */
  readonly seal?: string
}

export interface ListTable {
  /** Lower-case letters and `_`. */
  readonly name: string
  readonly title: ListWords
  readonly columns: readonly ListColumn[]
  /** The columns that tell its rows apart. */
  readonly key: readonly string[]
  /** Rows are listed by these columns and then by the key. */
  readonly sortedBy: readonly string[]
  readonly newestFirst: boolean
  /** Rows are as secret as the act whose receipt made them. */
  readonly sealed: boolean
}

export interface ListColumn {
  /** Lower-case letters and `_`, its unit last. */
  readonly name: string
  readonly title: ListWords
  readonly type: 'text' | 'integer'
  /** May one ask for the rows that have a certain value here? */
  readonly filter?: true
}

export interface ListWords {
  readonly zh: string
  readonly en: string
}

/** A row, or what is known of one; columns that are not named stay as they are. */
export type ListRow = { readonly [column: string]: string | number | undefined }

export type ListChange =
  /** The row with this key has these values from now on, whether it was there or not. */
  | { readonly kind: 'put'; readonly table: string; readonly row: ListRow }
  /** The same, if it is there. */
  | { readonly kind: 'set'; readonly table: string; readonly row: ListRow }
  /** Rows that have these values are no more. */
  | { readonly kind: 'drop'; readonly table: string; readonly where: ListRow }
  /** Rows that have the values of `where` have those of `row` from now on. */
  | { readonly kind: 'amend'; readonly table: string; readonly where: ListRow; readonly row: ListRow }

/** Rows of the state that everybody may see, as changes to the tables. */
export interface StateCopy {
  /** A key, or the beginning of several when it ends in `/`. */
  readonly at: string
  /** Rows made of it before. */
  readonly replaces: readonly ListChange[]
  changes(key: string, value: Json): readonly ListChange[]
}
