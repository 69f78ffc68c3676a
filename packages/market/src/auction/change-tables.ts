import { table } from '../kernel/index.ts'
import type { SessionChange } from './change-fields.ts'
import type { Session } from './tables.ts'

/** A change that one person of the organiser has prepared and nobody has approved. */
export type PreparedChange = {
  readonly change: SessionChange
  readonly reason: string
  /** SHA-256 of the canonical JSON of `{change, reason, session}`. */
  readonly digest: string
  readonly preparedBy: string
  readonly preparedMs: number
}

/** A change that was made, and what it changed. */
export type MadeChange = PreparedChange & {
  readonly approvedBy: string
  readonly approvedMs: number
  /** As the session stood before. */
  readonly before: Pick<Session, 'status' | 'opensMs' | 'gateMs' | 'deliveryFrom' | 'deliveryTo'>
}

/** By session: one at a time. */
export const preparedChanges = table<PreparedChange>('auction/prepared')
/** By session and number, four digits from 0001. */
export const changes = table<MadeChange>('auction/change')
export const changeKey = (number: number): string => String(number).padStart(4, '0')
