import { type Of, compile, s } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { orderFields } from './order-fields.ts'
import { placeOrder } from './order-place.ts'
import { whileSealedOwnerOnly, ofAnnouncedSession, orderRoute } from './order-privacy.ts'
import { gateOfSession } from './session-of.ts'

const schema = s.object({
  ...orderFields,
  order: s.hex(32, { zh: '被替换的申报编号', en: 'Id of the order it replaces' }),
})

/** An order takes the place of another of its unit, and a new place in time. Refusals: those of {@link placeOrder}. */
export const orderReplace = defineAct<Of<typeof schema>>({
  name: 'auction.order.replace',
  version: 1,
  title: { zh: '修改申报', en: 'Replace an order' },
  schema: compile(schema),
  stage: 'session',
  roles: ['generator', 'retailer', 'user', 'grid'],
  admits: ofAnnouncedSession,
  route: orderRoute,
  decide: (view, act) => placeOrder(view, act, act.payload.order),
  readers: whileSealedOwnerOnly,
  deadlineMs: gateOfSession,
})
