import { compile } from '@dujiang/core/codec'
import { defineAct } from '../kernel/index.ts'
import { type OrderPayload, submitSchema } from './order-fields.ts'
import { placeOrder } from './order-place.ts'
import { whileSealedOwnerOnly, ofAnnouncedSession, orderRoute } from './order-privacy.ts'
import { gateOfSession } from './session-of.ts'

/** A unit bids: one or many steps for one or many periods. Refusals: those of {@link placeOrder}. */
export const orderSubmit = defineAct<OrderPayload>({
  name: 'auction.order.submit',
  version: 1,
  title: { zh: '申报', en: 'Submit an order' },
  schema: compile(submitSchema),
  stage: 'session',
  roles: ['generator', 'retailer', 'user', 'grid'],
  admits: ofAnnouncedSession,
  route: orderRoute,
  decide: (view, act) => placeOrder(view, act),
  readers: whileSealedOwnerOnly,
  deadlineMs: gateOfSession,
})
