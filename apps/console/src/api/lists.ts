import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'
import { readList } from './read.ts'

/** What the node answers of a list. */
export interface ListPage<Row> {
  readonly rows: readonly Row[]
  /** Where the next page begins. */
  readonly next?: string
  readonly more: boolean
}

/** A list of the node, page after page. */
export interface Pages<Row> {
  /** Undefined while nothing has come yet. */
  readonly rows: readonly Row[] | undefined
  readonly error: Error | null
  readonly hasMore: boolean
  readonly isReading: boolean
  /** Read so far down that it no longer follows what is new. */
  readonly isStill: boolean
  readonly more: () => void
  /** Begins with the newest again. */
  readonly restart: () => void
}

const PAGE = '200'
/** So many pages are read again when something new has come; a longer list stands still. */
const LIVE_PAGES = 3
const AGAIN_MS = 2_000

/** @example usePages<Committed>('receipts', { org: 'SCPX', outcome: 'declined' }) // the newest first */
export function usePages<Row>(table: 'receipts' | 'blocks', filters: { readonly [name: string]: string }): Pages<Row> {
  const { identity, viewer } = useLedger()
  const cache = useQueryClient()
  const [isStill, setStill] = useState(false)
  const asked = new URLSearchParams({ ...filters, limit: PAGE }).toString()
  const queryKey = queryKeys.list(viewer, `pages/${table}?${asked}`)
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey,
    enabled: !isStill,
    queryFn: ({ pageParam, signal }) => {
      const after = pageParam === '' ? '' : `&after=${pageParam}`
      return readList<ListPage<Row>>(`/v1/lists/${table}?${asked}${after}`, identity, signal)
    },
    initialPageParam: '',
    // Lists that are being rebuilt come by themselves; nothing else would ask again.
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
    getNextPageParam: ({ next }) => next,
  })
  const rows = useMemo(() => data?.pages.flatMap((page) => page.rows), [data])
  return {
    rows,
    error,
    hasMore: hasNextPage,
    isReading: isFetching,
    isStill,
    more: () => {
      if (!hasNextPage || isFetching) return
      if ((data?.pages.length ?? 0) >= LIVE_PAGES) setStill(true)
      void fetchNextPage()
    },
    restart: () => {
      setStill(false)
      void cache.resetQueries({ queryKey })
    },
  }
}

/** What acts are called, by name. */
export function useActTitles(): ReadonlyMap<string, { readonly zh: string; readonly en: string }> {
  const { client, viewer } = useLedger()
  const { data } = useQuery({
    queryKey: queryKeys.closed(viewer, 'acts', ''),
    queryFn: () => client.acts(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return useMemo(() => new Map(data?.map(({ name, title }) => [name, title])), [data])
}
