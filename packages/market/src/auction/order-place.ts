import { type Decision, type View, accept, refuse as decline } from '@dujiang/chain'
import type { Of as Signed } from '../kernel/index.ts'
import { rulesNow } from '../rules/index.ts'
import { columnsRefusal, roomRefusal, stepCount, unitRefusal } from './order-check.ts'
import type { OrderPayload } from './order-fields.ts'
import { auctionRefusals } from './refusals.ts'
import { isRefusal, openSession } from './session-of.ts'
import { noStance, stanceWith, stanceWithout } from './stance.ts'
import {
  type Invitation,
  type Load,
  type Order,
  type Side,
  type Tally,
  invitations,
  loads,
  stances,
  tallies,
  unitBooks,
} from './tables.ts'

const { refuse } = auctionRefusals
const ORDERS_MAX = 96
/** More orders than fit into a block. */
const PLACES_IN_BLOCK = 2 ** 20

/**
 * Puts an order into the book of its unit, in the place of `replaced` if one is named; either way it takes a new place in
 * time. At admission: sessionUnknown. Refusals, in order: sessionVoided, notYetOpen, gateClosed, unitUnknown, unitNotYours, notInvited,
 * wrongSide, periodsOrder, shapeMismatch, then by period and step stepEmpty, belowFloor, aboveCap, offTick, offLot,
 * stepsOrder; nothingOffered, orderUnknown, ordersMany, tooManySteps, overLimit, bothSides, sessionFull.
 */
export function placeOrder(view: View, act: Signed<OrderPayload>, replaced?: string): Decision {
  const { org, id, payload } = act
  const { session, unit } = payload
  const side = payload.side as Side
  const row = openSession(view, session)
  if (isRefusal(row)) return decline(row)
  const barred = unitRefusal(view, org, payload) ?? columnsRefusal(row, payload)
  if (barred !== undefined) return decline(barred)

  const live = unitBooks.get(view, session, unit)?.orders ?? []
  const leaving = live.find((order) => order.id === replaced)
  if (replaced !== undefined && leaving === undefined) return decline(refuse.orderUnknown({ unit, order: replaced }))
  const others = live.filter((order) => order !== leaving)
  if (others.length >= ORDERS_MAX) return decline(refuse.ordersMany({ unit, ordersMax: ORDERS_MAX }))
  const { limitWh } = invitations.get(view, session, unit) as Invitation
  const noRoom = roomRefusal(row, limitWh, others, payload)
  if (noRoom !== undefined) return decline(noRoom)
  const { periods, prices, volumesWh } = payload
  const before = stances.get(view, session, org) ?? noStance(row.periods)
  const freed = leaving === undefined ? before : stanceWithout(before, leaving)
  const stood = stanceWith(freed, org, { side, periods, volumesWh })
  if (isRefusal(stood)) return decline(stood)
  const load = loads.get(view, session) as Load
  const steps = stepCount(volumesWh)
  const standing = load.liveSteps - (leaving === undefined ? 0 : stepCount(leaving.volumesWh))
  const { liveStepsMax } = rulesNow(view).values
  // How full the session is would tell what others have bid.
  if (standing + steps > liveStepsMax) return decline(refuse.sessionFull({ session, steps, stepsMax: liveStepsMax }))

  const order: Order = { id, place: placeAfter(view, load.lastPlace), side, periods, prices, volumesWh }
  const tally = tallies.get(view, session) as Tally
  const named = replaced === undefined ? {} : { replaced }
  return accept(
    unitBooks.put({ org, orders: [...others, order] }, session, unit),
    loads.put({ ...load, lastPlace: order.place, liveSteps: standing + steps }, session),
    ...(live.length === 0 ? [tallies.put({ ...tally, submitted: tally.submitted + 1 }, session)] : []),
    stances.put(stood.stance, session, org),
    {
      kind: 'event',
      name: replaced === undefined ? 'orderSubmitted' : 'orderReplaced',
      data: { session, unit, order: id, ...named },
    },
  )
}

/**
 * The next place in time: height × 2^20 and a number within the block, so that two places of one bidder do not tell how
 * many orders of others lie between them. Exact up to height 2^33.
 */
const placeAfter = (view: View, lastPlace: number): number => Math.max(lastPlace, view.height * PLACES_IN_BLOCK) + 1
