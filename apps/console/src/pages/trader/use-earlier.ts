import type { Session, Side } from '@dujiang/market'
import { useMemo } from 'react'
import { useOrdersOfSessions } from '../../api/bidding.ts'
import { useSessions } from '../../api/sessions.ts'
import { mergedOrder } from '../../forms/order/merge.ts'
import type { Earlier } from '../../forms/order/order-form.tsx'

/** So many sessions are looked back upon. */
const LOOK_BACK = 6

/** What the unit had standing in the last session of this product in which it bid on a side. */
export function useEarlier(id: string, session: Session, unit: string): (side: Side) => Earlier | undefined {
  const sessions = useSessions()
  const before = useMemo(
    () =>
      (sessions ?? [])
        .filter((other) => other.id !== id && other.product === session.product && other.gateMs <= session.gateMs)
        .sort((a, b) => b.gateMs - a.gateMs)
        .slice(0, LOOK_BACK)
        .map((other) => other.id),
    [sessions, id, session.product, session.gateMs],
  )
  const books = useOrdersOfSessions(before, unit)
  return (side) => {
    for (const [at, orders] of (books ?? []).entries()) {
      const order = mergedOrder(orders, side)
      if (order !== undefined) return { session: before[at] as string, order }
    }
    return undefined
  }
}
