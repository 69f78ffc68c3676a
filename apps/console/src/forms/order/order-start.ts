import { encodeCanonical } from '@dujiang/core/codec'
import type { Order, Session, Side } from '@dujiang/market'
import type { PlacedOrder } from '../../api/bidding.ts'
import type { EnergyShown } from '../../preferences/preferences.ts'
import { type Draft, type Offered, draftOf, emptyDraft, readDraft } from './draft.ts'
import { type KeptOrder, type OrderBasis, basisOf, restored } from './kept-order.ts'

export interface StartParts {
  readonly session: Session
  readonly limitWh: readonly number[]
  readonly live: readonly PlacedOrder[]
  readonly replacing: PlacedOrder | undefined
  /** The side of a unit that has but one. */
  readonly unitSide: Side
  readonly energy: EnergyShown
}

/** What a ladder begins with: what was kept of it, or what the page asks for. */
export interface Start {
  readonly typed: Draft
  readonly side: Side
  /** The live order whose place it takes. */
  readonly replaced: string | undefined
  readonly basis: OrderBasis
  readonly found: 'none' | 'draft' | 'replacedGone'
  /** The order in it that the ledger has already. */
  readonly sent: string | undefined
}

/** What the page asks for: an order to replace, or an empty ladder. */
export function freshStart({ session, limitWh, replacing, unitSide, energy }: StartParts): Start {
  const { periods, stepsMax } = session
  return {
    typed:
      replacing === undefined ? emptyDraft(periods, stepsMax, energy) : draftOf(replacing, periods, stepsMax, energy),
    side: replacing?.side ?? unitSide,
    replaced: replacing?.id,
    basis: basisOf(session, limitWh),
    found: 'none',
    sent: undefined,
  }
}

/** What was typed before, as it was. */
export function startFrom(kept: KeptOrder, parts: StartParts): Start {
  const { session, live, replacing } = parts
  const typed = restored(kept, session.periods, session.stepsMax)
  const { order, faults } = readDraft(typed)
  const text = order && faults.length === 0 ? orderText(kept.side, order) : undefined
  // It was sent just before the page was closed, if it stands among the live orders as it was typed: it is no draft any more.
  const same = live.find((each) => isOrder(each, text))
  if (same !== undefined)
    return { ...freshStart(parts), typed, side: kept.side, replaced: same.id, found: 'none', sent: text }
  const isLive = live.some(({ id }) => id === kept.replaced)
  return {
    typed,
    side: kept.side,
    replaced: isLive ? kept.replaced : replacing?.id,
    basis: kept.basis,
    found: kept.replaced === undefined || isLive ? 'draft' : 'replacedGone',
    sent: undefined,
  }
}

/** The order, whatever it was typed like. */
export function orderText(side: Side, { periods, prices, volumesWh }: Offered): string {
  const rows = (table: Offered['prices']): number[][] => table.map((row) => [...row])
  return encodeCanonical({ side, periods: [...periods], prices: rows(prices), volumesWh: rows(volumesWh) })
}

const isOrder = (order: Order, text: string | undefined): boolean => orderText(order.side, order) === text
