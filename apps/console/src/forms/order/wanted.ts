import type { Wanted } from '@dujiang/client'
import type { OrderPayload, Side } from '@dujiang/market'
import type { Offered } from './draft.ts'

/** What is asked for, as the act carries it. */
export const payloadOf = (session: string, unit: string, side: Side, order: Offered): OrderPayload => ({
  session,
  unit,
  side,
  periods: [...order.periods],
  prices: order.prices.map((row) => [...row]),
  volumesWh: order.volumesWh.map((row) => [...row]),
})

/** The act that submits an order, or puts it in the place of another. */
export function wantedOf(payload: OrderPayload, replaced: string | undefined): Wanted {
  return replaced === undefined
    ? { act: 'auction.order.submit', payload }
    : { act: 'auction.order.replace', payload: { ...payload, order: replaced } }
}
