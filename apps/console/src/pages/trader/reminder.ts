import { type Listed, isWithheld } from '@dujiang/client'

export const REMIND = 'auction.session.remind'

/** When this session's units were reminded, if that is what the receipt says. */
export function remindedMs(listed: Listed, session: string): number | undefined {
  if (isWithheld(listed) || listed.receipt.act !== REMIND || listed.receipt.code !== 0) return undefined
  return listed.events.some(({ data }) => data['session'] === session) ? listed.receipt.time : undefined
}

/** Of these units, those that are invited and have no order: whom a reminder means. */
export function notSubmitted<Unit extends { readonly id: string }>(
  invited: readonly Unit[],
  orders: readonly { readonly unit: string }[],
): readonly Unit[] {
  const submitted = new Set(orders.map(({ unit }) => unit))
  return invited.filter(({ id }) => !submitted.has(id))
}
