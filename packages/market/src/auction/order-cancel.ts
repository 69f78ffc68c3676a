import { accept, refuse as decline } from '@dujiang/chain'
import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { units } from '../members/index.ts'
import { stepCount } from './order-room.ts'
import { whileSealedOwnerOnly, ofAnnouncedSession, orderRoute } from './order-privacy.ts'
import { auctionRefusals } from './refusals.ts'
import { gateOfSession, isRefusal, openSession } from './session-of.ts'
import { stanceWithout } from './stance.ts'
import { type Load, type Stance, type Tally, loads, stances, tallies, unitBooks } from './tables.ts'

const { refuse } = auctionRefusals

const schema = s.object({
  session: s.id({ zh: '场次编号', en: 'Session id' }),
  unit: s.id({ zh: '交易单元编号', en: 'Trading unit id' }),
  order: s.hex(32, { zh: '申报编号', en: 'Id of the order' }),
})

/**
 * An order leaves the book before the gate. At admission: sessionUnknown. Refusals, in order: sessionVoided, notYetOpen, gateClosed,
 * unitUnknown, unitNotYours, orderUnknown.
 */
export const orderCancel = defineAct<Of<typeof schema>>({
  name: 'auction.order.cancel',
  version: 1,
  title: { zh: '撤回申报', en: 'Cancel an order' },
  schema: compile(schema),
  stage: 'session',
  roles: ['generator', 'retailer', 'user', 'grid'],
  admits: ofAnnouncedSession,
  route: orderRoute,
  decide(view, { org, payload: { session, unit, order } }) {
    const row = openSession(view, session)
    if (isRefusal(row)) return decline(row)
    const owner = units.get(view, unit)
    if (owner === undefined) return decline(refuse.unitUnknown({ unit }))
    if (owner.org !== org) return decline(refuse.unitNotYours({ unit, org }))
    const live = unitBooks.get(view, session, unit)?.orders ?? []
    const left = live.find(({ id }) => id === order)
    if (left === undefined) return decline(refuse.orderUnknown({ unit, order }))

    const others = live.filter((each) => each !== left)
    const load = loads.get(view, session) as Load
    const tally = tallies.get(view, session) as Tally
    const lastOne = others.length === 0
    return accept(
      lastOne ? unitBooks.drop(session, unit) : unitBooks.put({ org, orders: others }, session, unit),
      loads.put({ ...load, liveSteps: load.liveSteps - stepCount(left.volumesWh) }, session),
      ...(lastOne ? [tallies.put({ ...tally, submitted: tally.submitted - 1 }, session)] : []),
      stances.put(stanceWithout(stances.get(view, session, org) as Stance, left), session, org),
      { kind: 'event', name: 'orderCancelled', data: { session, unit, order } },
    )
  },
  readers: whileSealedOwnerOnly,
  deadlineMs: gateOfSession,
})
