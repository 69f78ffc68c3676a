import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import { useLedger } from './ledger.tsx'
import { useHasLists } from './queries.ts'
import { queryKeys } from './query-keys.ts'
import { readList } from './read.ts'

/** What the node answers of a list. */
export interface ListPage<Row> {
  readonly rows: readonly Row[]
  /** Where the next page begins. */
  readonly next?: string
  readonly more: boolean
  /** When it was asked for. */
  readonly count?: number
}

/** A list of the node as a table shows it: however long it is, only what is in sight is read and kept. */
export interface LongList<Row> {
  /** Changes when it is another list, and not when rows come in. */
  readonly name: string
  /** How many rows there are; undefined while nothing has come yet. */
  readonly count: number | undefined
  /** Undefined while it has not been read. */
  readonly rowAt: (at: number) => Row | undefined
  /** Told which rows are in sight. */
  readonly show: (first: number, last: number) => void
  /** The top is out of sight: rows stay where they are, and what is new is not shown. */
  readonly isStill: boolean
  /** What is shown is of the question before. */
  readonly isOld: boolean
  readonly error: Error | null
}

const PAGE = 200
const AGAIN_MS = 2_000
/** How long pages out of sight are kept. */
const KEPT_MS = 10_000
const COUNT_AGAIN_MS = 30_000

/**
 * The first page follows the ledger while its top is in sight. Pages further down begin some rows behind its end, a place that moves
 * no more from then on, so that any of them can be read without those between.
 * @example useLongList<Committed>('receipts', { org: 'SCPX', outcome: 'declined' }) // the newest first
 */
export function useLongList<Row>(
  table: 'receipts' | 'blocks' | 'orders' | 'sessions',
  filters: { readonly [name: string]: string },
): LongList<Row> {
  const { identity, viewer } = useLedger()
  const hasLists = useHasLists() === true
  const name = `${table}?${new URLSearchParams(filters).toString()}`
  const [sight, setSight] = useState({ name, first: 0, last: 0 })
  const { first, last } = sight.name === name ? sight : TOP
  const isStill = first > 0
  const read = (rest: string, signal: AbortSignal) =>
    readList<ListPage<Row>>(`/v1/lists/${name}${name.endsWith('?') ? '' : '&'}${rest}`, identity, signal)

  const head = useQuery({
    queryKey: queryKeys.list(viewer, name),
    queryFn: ({ signal }) => read(`limit=${PAGE}`, signal),
    enabled: hasLists && !isStill,
    // Lists that are being rebuilt come by themselves; nothing else would ask again.
    refetchInterval: ({ state }) => (state.status === 'error' ? AGAIN_MS : false),
    // Another filter of the same table is on its way; of another viewer nothing is shown.
    placeholderData: (old, query) => (query?.queryKey[0] === viewer ? old : undefined),
  })
  const next = head.data?.next
  const place = isStill ? next : undefined
  const total = useQuery({
    queryKey: queryKeys.count(viewer, name, place ?? ''),
    queryFn: async ({ signal }) => {
      const { count = 0 } = await read(`limit=1&count=true${place === undefined ? '' : `&after=${place}`}`, signal)
      return place === undefined ? count : count + PAGE
    },
    enabled: next !== undefined && !head.isPlaceholderData,
    // Behind a place nothing comes in.
    staleTime: place === undefined ? COUNT_AGAIN_MS : Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
  const pages = useMemo(() => (next === undefined ? [] : pagesAt(first, last)), [next, first, last])
  const deep = useQueries({
    queries: pages.map((page) => ({
      queryKey: queryKeys.page(viewer, name, next ?? '', page),
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        read(`limit=${PAGE}&after=${next}&skip=${(page - 1) * PAGE}`, signal),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: KEPT_MS,
    })),
  })

  const byPage = new Map(deep.map(({ data }, at) => [pages[at], data?.rows]))
  const rowAt = (at: number): Row | undefined => {
    const page = Math.floor(at / PAGE)
    return page === 0 ? head.data?.rows[at] : byPage.get(page)?.[at - page * PAGE]
  }
  const show = useCallback((from: number, to: number) => setSight({ name, first: from, last: to }), [name])
  return {
    name,
    count: head.data && (next === undefined ? head.data.rows.length : Math.max(total.data ?? 0, PAGE + 1)),
    rowAt,
    show,
    isStill,
    isOld: head.isPlaceholderData,
    error: head.error ?? deep.find(({ error }) => error !== null)?.error ?? null,
  }
}

const TOP = { first: 0, last: 0 }

/** Pages behind the first of which something is in sight or about to be. */
function pagesAt(first: number, last: number): readonly number[] {
  const from = Math.max(1, Math.floor((first - PAGE / 4) / PAGE))
  const to = Math.floor((last + PAGE / 4) / PAGE)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at)
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
