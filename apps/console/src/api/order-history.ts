import type { OrderPayload } from '@dujiang/market'
import { useMemo } from 'react'
import { useLedger } from './ledger.tsx'
import { useLongList } from './lists.ts'

/** An order of any time and what became of it, as the lists have it. */
export interface PastOrder {
  readonly order: string
  readonly index: number
  readonly time: number
  readonly session: string
  readonly unit: string
  readonly side: 'sell' | 'buy'
  readonly status: 'live' | 'replaced' | 'cancelled' | 'declined' | 'voided'
  readonly steps: number
  readonly volumeWh?: number
  readonly refusal?: string
  readonly payload?: OrderPayload
}

/** The own organisation's orders, the newest first. */
export function useOrderHistory(session: string | undefined) {
  const { identity } = useLedger()
  const org = identity?.org ?? ''
  const filters = useMemo(() => ({ org, ...(session === undefined ? {} : { session }) }), [org, session])
  return useLongList<PastOrder>('orders', filters)
}

/** A session as the lists have it, with what it came to. */
export interface ListedSession {
  readonly session: string
  readonly name: string
  readonly product: string
  readonly deliveryFrom: string
  readonly deliveryTo: string
  readonly gateMs: number
  readonly status: 'announced' | 'cleared' | 'checked' | 'published' | 'voided'
  readonly volumeWh?: number
  readonly averagePrice?: number
  readonly orders?: number
  readonly units?: number
}

const CLEARED = { cleared: 'yes' }

/** Sessions that have come to a result, the one whose gate comes last first. */
export const useListedSessions = () => useLongList<ListedSession>('sessions', CLEARED)
