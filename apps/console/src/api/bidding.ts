import type { Invitation, Order, Stance, Unit, UnitAwards, UnitBook } from '@dujiang/market'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useLedger } from './ledger.tsx'
import { type RowOf, rowsQuery, useRows } from './queries.ts'
import { queryKeys } from './query-keys.ts'
import type { Named } from './sessions.ts'

/** The trading units of the organisation that has signed in; undefined until they are known. */
export function useMyUnits(): readonly Named<Unit>[] | undefined {
  const { identity } = useLedger()
  const org = identity?.org
  const { data } = useRows<Unit>(org && 'members/unit')
  return useMemo(
    () => data?.filter(({ value }) => value.org === org).map(({ key, value }) => ({ ...value, id: key })),
    [data, org],
  )
}

/** Where the own organisation stands in a session, over all its units; null before its first order. */
export function useMyStance(session: string): Stance | null | undefined {
  const { identity } = useLedger()
  return useRowsOf<Stance>(identity && [`auction/stance/${session}/${identity.org}`])?.[0]
}

/** The limits of several units, in their order; undefined until all are known, null for one that is not invited. */
export function useInvitationsOf(session: string, units: readonly string[] | undefined) {
  return useRowsOf<Invitation>(units?.map((unit) => `auction/invitation/${session}/${unit}`))
}

/** An order with its unit. */
export interface PlacedOrder extends Order {
  readonly unit: string
}

/** Live orders of these units while a session is open, those that stood at its gate afterwards. */
export function useOrdersOf(
  session: string | undefined,
  units: readonly string[] | undefined,
): readonly PlacedOrder[] | undefined {
  const books = useRowsOf<UnitBook>(
    session === undefined ? undefined : units?.map((unit) => `auction/book/${session}/${unit}`),
  )
  return useMemo(() => {
    if (books === undefined || units === undefined) return undefined
    return placed(books.map((book, at) => [units[at] as string, book?.orders ?? []]))
  }, [books, units])
}

/** The orders of one unit in several sessions, session by session. */
export function useOrdersOfSessions(sessions: readonly string[], unit: string) {
  const books = useRowsOf<UnitBook>(sessions.map((session) => `auction/book/${session}/${unit}`))
  return books?.map((book) => book?.orders ?? [])
}

/** What the orders of each unit got, in the order of the units. */
export function useAwardsOf(session: string, units: readonly string[] | undefined) {
  return useRowsOf<UnitAwards>(units?.map((unit) => `auction/award/${session}/${unit}`))
}

/** Every order that stood at the gate of a session, in order of place; read when it is asked for. */
export function useClosedBook(session: string | undefined): readonly PlacedOrder[] | undefined {
  const { client, viewer } = useLedger()
  const { data } = useQuery({
    queryKey: queryKeys.closed(viewer, 'auction/book', session ?? ''),
    queryFn: async () => {
      const found: RowOf<UnitBook>[] = []
      for await (const row of client.rows('auction/book', { prefix: `${session}/` })) {
        found.push(row as unknown as RowOf<UnitBook>)
      }
      return placed(found.map(({ key, value }) => [key.slice(key.lastIndexOf('/') + 1), value.orders]))
    },
    // It never changes again.
    staleTime: Number.POSITIVE_INFINITY,
    enabled: session !== undefined,
  })
  return data
}

/**
 * Rows by key, in the order asked; undefined until all are read, null for one that is not there. They are asked for as pages of one:
 * that a unit has not bid is no error, as a missing row would be in the browser's log.
 */
function useRowsOf<T>(keys: readonly string[] | undefined): readonly (T | null)[] | undefined {
  const ledger = useLedger()
  return useQueries({
    queries: (keys ?? []).map((key) => rowsQuery<T>(ledger, tableOf(key), restOf(key))),
    combine: (found) =>
      keys === undefined || found.some(({ data }) => data === undefined)
        ? undefined
        : found.map(({ data }, at) => data?.find(({ key }) => key === restOf(keys[at] as string))?.value ?? null),
  })
}

const tableOf = (key: string): string => key.split('/').slice(0, 2).join('/')
const restOf = (key: string): string => key.split('/').slice(2).join('/')

const placed = (books: readonly (readonly [unit: string, orders: readonly Order[]])[]): readonly PlacedOrder[] =>
  books.flatMap(([unit, orders]) => orders.map((order) => ({ ...order, unit }))).sort((a, b) => a.place - b.place)
