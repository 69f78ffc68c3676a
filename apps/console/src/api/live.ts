import { type Listed, isWithheld } from '@dujiang/client'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { untilCaughtUp } from './catch-up.ts'
import { type Ledger, useLedger } from './ledger.tsx'
import { queryKeys } from './query-keys.ts'
import { type Live, onReach, reachNow, useReach } from './reach.ts'

/** Many receipts come at once at a gate: what is shown is read again at most so often. */
const QUIET_MS = 400
const AGAIN_MS = 2_000

const heard = new Set<(listed: Listed) => void>()

/** Does the node answer? */
export const useLive = (): Live => useReach().state

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

async function followLedger(ledger: Ledger, cache: QueryClient, signal: AbortSignal): Promise<void> {
  const { client } = ledger
  const stale = new Stale(cache, ledger, signal)
  // What failed to be read while the node was away is read again, and so is what may have been missed.
  const end = onReach(() => {
    const { state, awayMs } = reachNow()
    if (state === 'live' && awayMs !== undefined) stale.everything()
  })
  signal.addEventListener('abort', end)
  while (!signal.aborted) {
    try {
      const { receipts } = await client.status()
      stale.everything()
      for await (const listed of client.stream({ after: receipts - 1, signal })) {
        for (const tell of heard) tell(listed)
        stale.add(familyOf(listed))
      }
    } catch {
      // That no answer comes is said everywhere (reach.ts); the queries themselves say why a reading failed.
    }
    if (signal.aborted) return
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

/** A withheld receipt is of an open book: what may change by it for others is the session's tally. */
const familyOf = (listed: Listed): string => (isWithheld(listed) ? 'auction' : (listed.receipt.act.split('.')[0] ?? ''))

class Stale {
  readonly #cache: QueryClient
  readonly #ledger: Ledger
  readonly #signal: AbortSignal
  readonly #families = new Set<string>()
  #waiting = false
  /** Lists are awaited; `again`: something has come meanwhile. */
  #catchingUp: 'no' | 'yes' | 'again' = 'no'

  /** @param signal nobody follows any more */
  constructor(cache: QueryClient, ledger: Ledger, signal: AbortSignal) {
    this.#cache = cache
    this.#ledger = ledger
    this.#signal = signal
  }

  everything(): void {
    this.#read()
    void this.#catchUp()
  }

  add(family: string): void {
    this.#families.add(family)
    if (this.#waiting) return
    this.#waiting = true
    setTimeout(() => {
      this.#waiting = false
      for (const each of this.#families) this.#read('state', each)
      this.#families.clear()
      for (const kind of ['status', 'list', 'receipt']) this.#read(kind)
      void this.#catchUp()
    }, QUIET_MS)
  }

  #read(...narrower: readonly string[]): void {
    void this.#cache.invalidateQueries({ queryKey: [this.#ledger.viewer, ...narrower] })
  }

  /** Lists follow the ledger on a thread of their own: what was read of them before they had caught up is read again. */
  async #catchUp(): Promise<void> {
    if (this.#catchingUp !== 'no') {
      this.#catchingUp = 'again'
      return
    }
    do {
      this.#catchingUp = 'yes'
      await untilCaughtUp(() => this.#lag(), this.#signal)
      if (this.#signal.aborted) return
      this.#read('list')
      this.#read('status')
    } while (this.#isAgain())
    this.#catchingUp = 'no'
  }

  #isAgain(): boolean {
    return this.#catchingUp === 'again'
  }

  /** A node that does not answer is followed anew, and then everything is read again. */
  async #lag(): Promise<number> {
    const { client, viewer } = this.#ledger
    const status = await client.status().catch(() => undefined)
    // How far lists are behind, and why they have stopped, stands at the top of every page.
    if (status !== undefined) this.#cache.setQueryData(queryKeys.status(viewer), status)
    return status?.projections?.lag ?? 0
  }
}
