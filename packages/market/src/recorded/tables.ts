import type { PriceRule, TieRule } from '../clearing/index.ts'
import type { PeriodResult } from '../clearing/index.ts'
import { table } from '../kernel/index.ts'

/** A session another exchange has held, brought to the ledger with its own published result. */
export type RecordedSession = {
  readonly org: string
  readonly name: string
  /** Whose market it was and where its figures were published. */
  readonly source: string
  /** ISO 4217 code of the currency; prices are 10⁻⁵ of it a MWh. */
  readonly currency: string
  readonly periods: number
  readonly priceFloor: number
  readonly priceCap: number
  readonly lotWh: number
  readonly tick: number
  readonly priceRule: PriceRule
  readonly kPpm?: number
  readonly tieRule: TieRule
}

/** What the other exchange published for a period; what it did not publish is absent. */
export type Published = {
  readonly price?: number
  /** Where areas had different prices; the ledger's one price is compared with none of them. */
  readonly areaPrices?: readonly { readonly area: string; readonly price: number }[]
  readonly volumeWh?: number
}

/** How the published figures stand to the ledger's own. */
export type Difference = {
  /** `equal` to the ledger's price, `inside` the equilibrium interval, `outside` by `byPrice`, or `notCompared`. */
  readonly price: 'equal' | 'inside' | 'outside' | 'notCompared'
  /** Distance to the nearer end of the interval, when outside. */
  readonly byPrice?: number
  readonly volume: 'equal' | 'differs' | 'notCompared'
  /** Published less re-derived, when they differ. */
  readonly byVolumeWh?: number
}

export type RecordedPeriod =
  | {
      readonly kind: 'rederived'
      readonly result: PeriodResult
      readonly published: Published
      readonly difference: Difference
      /** SHA-256 of the book's canonical JSON; the book itself is in the act. */
      readonly book: string
      readonly steps: number
      readonly remark: string
    }
  | {
      /** A figure without a book: on record as stated, and never called re-derived. */
      readonly kind: 'stated'
      readonly published: Published
      readonly remark: string
    }

export const recordedSessions = table<RecordedSession>('recorded/session')
/** By session and period, two digits. */
export const recordedPeriods = table<RecordedPeriod>('recorded/period')
export const periodKey = (period: number): string => String(period).padStart(2, '0')
