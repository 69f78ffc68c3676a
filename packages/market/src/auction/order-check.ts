import type { Unit } from '../members/index.ts'
import { holdTogether } from './order-columns.ts'
import { type OrderPayload, orderFields } from './order-fields.ts'
import { fits, stepCount } from './order-room.ts'
import { AllProblems, type Explained, type Problems, shapeChecker } from './problems.ts'
import { auctionRefusals } from './refusals.ts'
import { notOpen } from './session-of.ts'
import { noStance, stanceWith, stanceWithout } from './stance.ts'
import type { Invitation, Order, Session, Side, Stance } from './tables.ts'

const { refuse } = auctionRefusals
const ORDERS_MAX = 96

/** What an order is judged by; its organisation may read all of it before the gate but how full the session is. */
export interface OrderFacts {
  readonly timeMs: number
  /** Who bids. */
  readonly org: string
  readonly session: Session
  readonly unit: Unit | undefined
  readonly invitation: Invitation | undefined
  /** The unit's live orders in the session. */
  readonly live: readonly Order[]
  /** The organisation's, over all its units; undefined before its first order. */
  readonly stance: Stance | undefined
  /** Steps of all live orders of the session, and the most there may be. */
  readonly load?: { readonly liveSteps: number; readonly liveStepsMax: number }
}

/** An order that may stand in the book, and how the book is with it. */
export interface Placement {
  /** The unit's other orders. */
  readonly others: readonly Order[]
  readonly stance: Stance
  /** Of the session. */
  readonly liveSteps: number
}

/**
 * Judges an order, in the place of `replaced` if one is named; undefined when it is refused. Refusals, in order: sessionVoided,
 * notYetOpen, gateClosed, unitUnknown, unitNotYours, notInvited, wrongSide, those of {@link holdTogether}, orderUnknown,
 * ordersMany, those of {@link fits}, bothSides, sessionFull.
 */
export function weighOrder(
  facts: OrderFacts,
  order: OrderPayload,
  replaced: string | undefined,
  problems: Problems,
): Placement | undefined {
  const { session: row, org } = facts
  const { unit, periods, volumesWh } = order
  const closed = notOpen(order.session, row, facts.timeMs)
  if (closed !== undefined && problems.end(closed)) return undefined
  if (!mayBid(facts, order, problems) || !holdTogether(row, order, problems)) return undefined

  const { live, invitation } = facts
  const leaving = live.find(({ id }) => id === replaced)
  if (replaced !== undefined && leaving === undefined) {
    if (problems.end(refuse.orderUnknown({ unit, order: replaced }))) return undefined
  }
  const others = live.filter((each) => each !== leaving)
  if (others.length >= ORDERS_MAX && problems.end(refuse.ordersMany({ unit, ordersMax: ORDERS_MAX }))) return undefined
  if (invitation === undefined || !fits(row, invitation.limitWh, others, order, problems)) return undefined
  const before = facts.stance ?? noStance(row.periods)
  const freed = leaving === undefined ? before : stanceWithout(before, leaving)
  const stance = stanceWith(freed, org, { side: order.side as Side, periods, volumesWh }, problems)
  if (stance === undefined) return undefined

  const { load } = facts
  const steps = stepCount(volumesWh)
  const standing = (load?.liveSteps ?? 0) - (leaving === undefined ? 0 : stepCount(leaving.volumesWh))
  if (load !== undefined && standing + steps > load.liveStepsMax) {
    // How full the session is would tell what others have bid.
    if (problems.end(refuse.sessionFull({ session: order.session, steps, stepsMax: load.liveStepsMax })))
      return undefined
  }
  return { others, stance, liveSteps: standing + steps }
}

/** May this unit bid in this session at all? Refusals, in order: unitUnknown, unitNotYours, notInvited, wrongSide. */
function mayBid(
  { unit: row, org, invitation }: OrderFacts,
  { session, unit, side }: OrderPayload,
  problems: Problems,
): boolean {
  if (row === undefined) return !problems.end(refuse.unitUnknown({ unit }))
  if (row.org !== org && problems.end(refuse.unitNotYours({ unit, org }))) return false
  if (invitation === undefined && problems.end(refuse.notInvited({ unit, session }))) return false
  const fitting = row.side === 'both' || row.side === side
  return fitting || !problems.end(refuse.wrongSide({ unit, side }))
}

const shapeOf = shapeChecker(orderFields)

/**
 * Everything that stands against an order, before it is sent: by the checks of the act itself, so that each bad cell is named
 * by period and step.
 */
export function explainOrder(facts: OrderFacts, order: OrderPayload, replaced?: string): Explained {
  const shape = shapeOf(order)
  if (shape.length > 0) return { shape, refusals: [] }
  const problems = new AllProblems()
  weighOrder(facts, order, replaced, problems)
  return { shape, refusals: problems.found }
}
