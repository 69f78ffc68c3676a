import { type Decision, type Refusal, type View, accept, refuse as decline } from '@dujiang/chain'
import type { Of as Signed } from '../kernel/index.ts'
import { type Unit, units } from '../members/index.ts'
import { rulesNow } from '../rules/index.ts'
import { type OrderFacts, weighOrder } from './order-check.ts'
import type { OrderPayload } from './order-fields.ts'
import { FirstProblem } from './problems.ts'
import {
  type Invitation,
  type Load,
  type Order,
  type Session,
  type Side,
  type Stance,
  type Tally,
  invitations,
  loads,
  sessions,
  stances,
  tallies,
  unitBooks,
} from './tables.ts'

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
  const { session, unit, periods, prices, volumesWh } = payload
  const problems = new FirstProblem()
  const facts = new FactsOfView(view, org, payload)
  const placement = weighOrder(facts, payload, replaced, problems)
  if (placement === undefined) return decline(problems.found as Refusal)

  const { others, stance, liveSteps } = placement
  const load = loads.get(view, session) as Load
  const tally = tallies.get(view, session) as Tally
  const order: Order = {
    id,
    place: placeAfter(view, load.lastPlace),
    side: payload.side as Side,
    periods,
    prices,
    volumesWh,
  }
  const first = others.length === 0 && replaced === undefined
  const named = replaced === undefined ? {} : { replaced }
  return accept(
    unitBooks.put({ org, orders: [...others, order] }, session, unit),
    loads.put({ ...load, lastPlace: order.place, liveSteps }, session),
    ...(first ? [tallies.put({ ...tally, submitted: tally.submitted + 1 }, session)] : []),
    stances.put(stance, session, org),
    {
      kind: 'event',
      name: replaced === undefined ? 'orderSubmitted' : 'orderReplaced',
      data: { session, unit, order: id, ...named },
    },
  )
}

/** Reads what an order is judged by when it is asked for: what is refused early costs little. */
class FactsOfView implements OrderFacts {
  readonly #view: View
  readonly #order: OrderPayload
  readonly org: string

  constructor(view: View, org: string, order: OrderPayload) {
    this.#view = view
    this.#order = order
    this.org = org
  }

  get timeMs(): number {
    return this.#view.timeMs
  }

  get session(): Session {
    // Admission lets in no order for another (ofAnnouncedSession), and no session is ever dropped.
    return sessions.get(this.#view, this.#order.session) as Session
  }

  get unit(): Unit | undefined {
    return units.get(this.#view, this.#order.unit)
  }

  get invitation(): Invitation | undefined {
    return invitations.get(this.#view, this.#order.session, this.#order.unit)
  }

  get live(): readonly Order[] {
    return unitBooks.get(this.#view, this.#order.session, this.#order.unit)?.orders ?? []
  }

  get stance(): Stance | undefined {
    return stances.get(this.#view, this.#order.session, this.org)
  }

  get load(): { readonly liveSteps: number; readonly liveStepsMax: number } {
    const { liveSteps } = loads.get(this.#view, this.#order.session) as Load
    return { liveSteps, liveStepsMax: rulesNow(this.#view).values.liveStepsMax }
  }
}

/**
 * The next place in time: height × 2^20 and a number within the block, so that two places of one bidder do not tell how
 * many orders of others lie between them. Exact up to height 2^33.
 */
const placeAfter = (view: View, lastPlace: number): number => Math.max(lastPlace, view.height * PLACES_IN_BLOCK) + 1
