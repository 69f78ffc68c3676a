import { table } from '../kernel/index.ts'
import type { PriceRule, TieRule } from '../clearing/index.ts'

/** A trading sequence (交易序列): the path of sessions from notice to contract. */
export type Sequence = { readonly name: string; readonly org: string }

/** What a notice (公告) fixes before anyone bids. Prices milli-fen/MWh, quantities Wh over the whole delivery, times UTC ms. */
export type Notice = {
  readonly sequence: string
  readonly name: string
  readonly product: string
  readonly deliveryFrom: string
  readonly deliveryTo: string
  /** Who may take part, in words; the invited units are the rule. */
  readonly eligibility: string
  readonly contact: string
  /** 1 to 96 independent books. */
  readonly periods: number
  readonly priceFloor: number
  readonly priceCap: number
  readonly lotWh: number
  readonly tick: number
  readonly stepsMax: number
  readonly priceRule: PriceRule
  readonly kPpm?: number
  readonly tieRule: TieRule
  readonly opensMs: number
  /** The gate in force: moved where the session was postponed, or the chain stood still across it. */
  readonly gateMs: number
  readonly remark?: string
}

/** A session (场次) and how far it has come. */
export type Session = Notice & {
  readonly org: string
  readonly status: 'announced' | 'cleared' | 'checked' | 'published' | 'voided'
  /** The gate of the notice, once another is in force. */
  readonly announcedGateMs?: number
  /** Digest of the result, from the gate on. */
  readonly result?: string
  /** Of a session that was voided before its gate: until when its orders are shown to their owners alone. */
  readonly sealedUntilMs?: number
}

/** How many units have submitted of those expected: all that is shown of a session before its gate. */
export type Tally = { readonly invited: number; readonly submitted: number }

/** What a session holds, and how much it may come to hold; not shown before the gate. */
export type Load = {
  /** The last place in time given to an order; 0 before the first. */
  readonly lastPlace: number
  readonly liveSteps: number
  /** All limits of all invited units: the most that either side of the session can add up to. */
  readonly limitsWh: number
}

/** A unit that may take part, and what it may bid in each period. */
export type Invitation = { readonly limitWh: readonly number[] }

/**
 * A live order. Column j of `prices` and `volumesWh` is period `periods[j]`, row i its i-th step; a volume of 0 means no
 * such step there. `place` is its place in time: later is higher, and what lies between two is no count.
 */
export type Order = {
  readonly id: string
  readonly place: number
  readonly side: Side
  readonly periods: readonly number[]
  readonly prices: readonly (readonly number[])[]
  readonly volumesWh: readonly (readonly number[])[]
}
export type Side = 'sell' | 'buy'

/** Where an organisation stands, a number a period: how many live orders sell there, or, negative, how many buy. */
export type Stance = readonly number[]

/** The live orders of one unit in one session: one leaf of the state, so that the unit can prove what stood at the gate. */
export type UnitBook = { readonly org: string; readonly orders: readonly Order[] }

export const sequences = table<Sequence>('auction/sequence')
export const sessions = table<Session>('auction/session')
export const tallies = table<Tally>('auction/tally')
export const loads = table<Load>('auction/load')
export const invitations = table<Invitation>('auction/invitation')
/** By session and unit. */
export const unitBooks = table<UnitBook>('auction/book')
/** By session and organisation. */
export const stances = table<Stance>('auction/stance')
