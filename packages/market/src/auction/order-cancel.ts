import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { units } from '../members/index.ts'
import { stepsOf } from './order-place.ts'
import { beforeGateOwnerOnly, orderRoute } from './order-privacy.ts'
import { auctionRefusals } from './refusals.ts'
import { isRefusal, openSession } from './session-of.ts'
import { stanceBefore, stanceOf } from './stance.ts'
import { type Tally, stances, tallies, unitBooks } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
  order: s.hex(32, { zh: '申报编号', en: 'Id of the order' }),
})

/** An order leaves the book before the gate. Refusals, in order: sessionUnknown, notYetOpen, gateClosed, unitUnknown, unitNotYours, orderUnknown. */
export const orderCancel = defineAct<Of<typeof schema>>({
  name: 'auction.order.cancel',
  version: 1,
  title: { zh: '撤回申报', en: 'Cancel an order' },
  schema: compile(schema),
  stage: 'session',
  roles: ['generator', 'retailer', 'user', 'grid'],
  route: orderRoute,
  decide(view, { org, payload: { session, unit, order } }) {
    const row = openSession(view, session)
    if (isRefusal(row)) return decline(row)
    const owner = units.get(view, unit)
    if (owner === undefined) return decline(refuse.unitUnknown({ unit }))
    if (owner.org !== org) return decline(refuse.unitNotYours({ unit, org }))
    const live = unitBooks.get(view, session, unit)?.orders ?? []
    const others = live.filter((each) => each.id !== order)
    if (others.length === live.length) return decline(refuse.orderUnknown({ unit, order }))

    const tally = tallies.get(view, session) as Tally
    const stance = stanceOf(view, session, org, row.periods, unit, others)
    return accept(
      others.length === 0 ? unitBooks.drop(session, unit) : unitBooks.put({ org, orders: others }, session, unit),
      tallies.put(
        {
          ...tally,
          submitted: tally.submitted - (others.length === 0 ? 1 : 0),
          liveSteps: tally.liveSteps - stepsOf(live) + stepsOf(others),
        },
        session,
      ),
      ...(stance === stanceBefore(view, session, org, row.periods) ? [] : [stances.put(stance, session, org)]),
      { kind: 'event', name: 'orderCancelled', data: { session, unit, order } },
    )
  },
  readers: beforeGateOwnerOnly,
})
