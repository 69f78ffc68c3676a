import { type Decision, type Effect, type View, accept, refuse as decline } from '@dujiang/chain'
import type { Of as Signed } from '../kernel/index.ts'
import { rulesNow } from '../rules/index.ts'
import { columnsRefusal, roomRefusal, stepCount, unitRefusal } from './order-check.ts'
import type { OrderPayload } from './order-fields.ts'
import { auctionRefusals } from './refusals.ts'
import { isRefusal, openSession } from './session-of.ts'
import { stanceBefore, stanceOf, stanceWith } from './stance.ts'
import {
  type Invitation,
  type Order,
  type Side,
  type Tally,
  invitations,
  stances,
  tallies,
  unitBooks,
} from './tables.ts'

const { refuse } = auctionRefusals
const ORDERS_MAX = 96

/**
 * Puts an order into the book of its unit, in the place of `replaced` if one is named; either way it takes a new place in
 * time. Refusals, in order: sessionUnknown, notYetOpen, gateClosed, unitUnknown, unitNotYours, notInvited, notProvincial,
 * wrongSide, periodsOrder, shapeMismatch, then by period and step stepEmpty, belowFloor, aboveCap, offTick, offLot,
 * stepsOrder; nothingOffered, orderUnknown, ordersMany, tooManySteps, overLimit, bothSides, sessionFull.
 */
export function placeOrder(view: View, act: Signed<OrderPayload>, replaced?: string): Decision {
  const { org, id, payload } = act
  const { session, unit, side } = payload
  const row = openSession(view, session)
  if (isRefusal(row)) return decline(row)
  const barred = unitRefusal(view, org, payload) ?? columnsRefusal(row, payload)
  if (barred !== undefined) return decline(barred)

  const book = unitBooks.get(view, session, unit)
  const live = book?.orders ?? []
  const others = replaced === undefined ? live : live.filter((order) => order.id !== replaced)
  if (replaced !== undefined && others.length === live.length)
    return decline(refuse.orderUnknown({ unit, order: replaced }))
  if (others.length >= ORDERS_MAX) return decline(refuse.ordersMany({ unit, ordersMax: ORDERS_MAX }))
  const { limitWh } = invitations.get(view, session, unit) as Invitation
  const noRoom = roomRefusal(row, limitWh, others, payload)
  if (noRoom !== undefined) return decline(noRoom)
  const before = stanceBefore(view, session, org, row.periods)
  const freed = replaced === undefined ? before : stanceOf(view, session, org, row.periods, unit, others)
  const stood = stanceWith(freed, org, side as Side, payload.periods)
  if (isRefusal(stood)) return decline(stood)
  const tally = tallies.get(view, session) as Tally
  const steps = stepCount(payload.volumesWh)
  const freedSteps = live.length === others.length ? 0 : stepsOf(live) - stepsOf(others)
  const liveSteps = tally.liveSteps + steps - freedSteps
  const { liveStepsMax } = rulesNow(view).values
  if (liveSteps > liveStepsMax) {
    return decline(refuse.sessionFull({ session, liveSteps: tally.liveSteps, steps, stepsMax: liveStepsMax }))
  }

  const { periods, prices, volumesWh } = payload
  const order: Order = { id, place: tally.placed + 1, side: side as Side, periods, prices, volumesWh }
  const effects: Effect[] = [
    unitBooks.put({ org, orders: [...others, order] }, session, unit),
    tallies.put(
      {
        ...tally,
        placed: tally.placed + 1,
        submitted: tally.submitted + (live.length === 0 ? 1 : 0),
        liveSteps,
      },
      session,
    ),
  ]
  if (stood.stance !== before) effects.push(stances.put(stood.stance, session, org))
  const event = replaced === undefined ? 'orderSubmitted' : 'orderReplaced'
  const data = replaced === undefined ? {} : { replaced }
  return accept(...effects, {
    kind: 'event',
    name: event,
    data: { session, unit, order: id, place: order.place, ...data },
  })
}

export const stepsOf = (orders: readonly Order[]): number =>
  orders.reduce((sum, order) => sum + stepCount(order.volumesWh), 0)
