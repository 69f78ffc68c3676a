import type { OrderPayload } from '@dujiang/market'
import { useLedger } from './ledger.tsx'
import type { ListPage } from './lists.ts'
import { useList } from './queries.ts'

/** An order of any time and what became of it, as the lists have it. */
export interface PastOrder {
  readonly order: string
  readonly index: number
  readonly time: number
  readonly session: string
  readonly unit: string
  readonly side: 'sell' | 'buy'
  readonly status: 'live' | 'replaced' | 'cancelled' | 'declined'
  readonly steps: number
  readonly volumeWh?: number
  readonly refusal?: string
  readonly payload?: OrderPayload
}

/** A page of the own organisation's orders, the newest first. */
export function useOrderHistory(session: string | undefined, after: string | undefined) {
  const { identity } = useLedger()
  const asked = new URLSearchParams({
    org: identity?.org ?? '',
    limit: '200',
    ...(session === undefined ? {} : { session }),
    ...(after === undefined ? {} : { after }),
  })
  return useList<ListPage<PastOrder>>(identity && `/v1/lists/orders?${asked}`)
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
  readonly result?: string
  readonly volumeWh?: number
  readonly averagePrice?: number
  readonly orders?: number
  readonly units?: number
}

/** A page of sessions, the one whose gate comes last first. */
export const useListedSessions = (after: string | undefined) =>
  useList<ListPage<ListedSession>>(`/v1/lists/sessions?limit=200${after === undefined ? '' : `&after=${after}`}`)
