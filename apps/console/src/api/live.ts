import { type Listed, isWithheld } from '@dujiang/client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { type Ledger, useLedger } from './ledger.tsx'

/** Many receipts come at once at a gate: what is shown is read again at most so often. */
const QUIET_MS = 400
const AGAIN_MS = 2_000

export type Live = 'connecting' | 'live' | 'broken'

let state: Live = 'connecting'
const listeners = new Set<() => void>()
const heard = new Set<(listed: Listed) => void>()

function become(next: Live): void {
  if (next === state) return
  state = next
  for (const tell of listeners) tell()
}

/** Is what is shown followed by the event stream now? */
export function useLive(): Live {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** Calls back for every receipt as it is committed, those withheld from the viewer too, without their content. */
export function onReceipt(listener: (listed: Listed) => void): () => void {
  heard.add(listener)
  return () => heard.delete(listener)
}

/** Follows the ledger for as long as the console is open, and makes stale in the cache what a receipt may have changed. */
export function useFollowing(): void {
  const cache = useQueryClient()
  const ledger = useLedger()
  useEffect(() => {
    const end = new AbortController()
    void followLedger(ledger, cache, end.signal)
    return () => end.abort()
  }, [ledger, cache])
}

async function followLedger({ client, viewer }: Ledger, cache: QueryClient, signal: AbortSignal): Promise<void> {
  const stale = new Stale(cache, viewer)
  while (!signal.aborted) {
    try {
      const { receipts } = await client.status()
      become('live')
      stale.everything()
      for await (const listed of client.stream({ after: receipts - 1, signal })) {
        for (const tell of heard) tell(listed)
        stale.add(familyOf(listed))
      }
    } catch {
      // Said by `broken`; the queries themselves say why a reading failed.
    }
    if (signal.aborted) return
    become('broken')
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

/** A withheld receipt is of an open book: what may change by it for others is the session's tally. */
const familyOf = (listed: Listed): string => (isWithheld(listed) ? 'auction' : (listed.receipt.act.split('.')[0] ?? ''))

class Stale {
  readonly #cache: QueryClient
  readonly #viewer: string
  readonly #families = new Set<string>()
  #waiting = false

  constructor(cache: QueryClient, viewer: string) {
    this.#cache = cache
    this.#viewer = viewer
  }

  everything(): void {
    void this.#cache.invalidateQueries({ queryKey: [this.#viewer] })
  }

  add(family: string): void {
    this.#families.add(family)
    if (this.#waiting) return
    this.#waiting = true
    setTimeout(() => {
      this.#waiting = false
      for (const each of this.#families) void this.#cache.invalidateQueries({ queryKey: [this.#viewer, 'state', each] })
      this.#families.clear()
      for (const kind of ['status', 'list', 'receipt']) {
        void this.#cache.invalidateQueries({ queryKey: [this.#viewer, kind] })
      }
    }, QUIET_MS)
  }
}
