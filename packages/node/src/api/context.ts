import type { CryptoProvider } from '@dujiang/core/crypto'
import type { Clock } from '../seams/index.ts'
import type { Projections } from '../projections/index.ts'
import type { LedgerNode } from '../service/ledger-node.ts'
import type { Doors } from './doors.ts'
import type { ApiLimits } from './limits.ts'
import type { ReceiptTexts } from './receipt-texts.ts'
import type { Subjects } from './subjects.ts'
import type { Visibility } from './visibility.ts'

/** What every route stands on. */
export interface Context {
  readonly node: LedgerNode
  readonly doors: Doors
  readonly crypto: CryptoProvider
  readonly clock: Clock
  readonly limits: ApiLimits
  readonly visibility: Visibility
  readonly texts: ReceiptTexts
  readonly subjects: Subjects
  /** Absent where nothing follows the ledger. */
  readonly lists?: Lists
}

/** The tables that follow the ledger, as routes ask them. */
export type Lists = Pick<Projections, 'lists' | 'tables' | 'status' | 'list'>
