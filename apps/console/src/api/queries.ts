import type { Committed, Row } from '@dujiang/client'
import type { Json } from '@dujiang/core/codec'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type Ledger, useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'
import { withPatience } from './reach.ts'
import { readList } from './read.ts'

const statusQuery = ({ client, viewer }: Ledger) =>
  queryOptions({
    queryKey: queryKeys.status(viewer),
    queryFn: () => withPatience(client.status()),
    refetchInterval: 10_000,
  })

/** How far the ledger has come; kept fresh by the stream and asked for every ten seconds besides. */
export function useStatus() {
  return useQuery(statusQuery(useLedger()))
}

/** Does this node keep lists? Undefined until it has answered. */
export function useHasLists(): boolean | undefined {
  return useQuery({ ...statusQuery(useLedger()), select: ({ projections }) => projections !== undefined }).data
}

/** One row of the state, null where there is none that the viewer may see. */
const rowQuery = <T = Json>({ client, viewer }: Ledger, key: string) =>
  queryOptions({
    queryKey: queryKeys.row(viewer, key),
    // The cache keeps no undefined.
    queryFn: async () => ((await client.row(key)) ?? null) as T | null,
  })

/** @example const { data: session } = useRow<Session>(`auction/session/${id}`) // null: there is none */
export function useRow<T = Json>(key: string | undefined) {
  const ledger = useLedger()
  return useQuery({ ...rowQuery<T>(ledger, key ?? ''), enabled: key !== undefined })
}

export interface RowOf<T> {
  readonly key: string
  readonly value: T
}

/** Every row of a table that the viewer may see, by key; for small tables. Long lists come from {@link useList}. */
export const rowsQuery = <T = Json>({ client, viewer }: Ledger, table: string, prefix = '') =>
  queryOptions({
    queryKey: queryKeys.rows(viewer, table, prefix),
    queryFn: async () => {
      const found: Row[] = []
      for await (const row of client.rows(table, prefix === '' ? {} : { prefix })) found.push(row)
      return found as unknown as readonly RowOf<T>[]
    },
  })

/** @example const { data: sessions } = useRows<Session>('auction/session') */
export function useRows<T = Json>(table: string | undefined, prefix = '') {
  const ledger = useLedger()
  return useQuery({ ...rowsQuery<T>(ledger, table ?? '', prefix), enabled: table !== undefined })
}

/** The receipt of an act, null while there is none that the viewer may see. */
export function useReceipt(id: string | undefined) {
  const { client, viewer } = useLedger()
  return useQuery({
    queryKey: queryKeys.receipt(viewer, id ?? ''),
    queryFn: async (): Promise<Committed | null> => (await client.receipt(id ?? '')) ?? null,
    enabled: id !== undefined,
  })
}

/** Any GET of the node that follows the log: a page of a list, a block. @example useList<Page>('/v1/lists/receipts?limit=50') */
export function useList<T>(path: string | undefined) {
  const { identity, viewer } = useLedger()
  return useQuery({
    queryKey: queryKeys.list(viewer, path ?? ''),
    queryFn: ({ signal }) => readList<T>(path ?? '', identity, signal),
    enabled: path !== undefined,
  })
}
