import { useEffect, useMemo, useRef, useState } from 'react'
import { useStatus } from '../api/queries.ts'
import { useIdentity } from '../keys/identity.ts'
import { DraftWriter } from './draft-writer.ts'
import { type FoundDraft, dropDraft, findDraft, keepDraft } from './drafts.ts'

/**
 * Where a draft is kept: `here`, on this machine; `elsewhere`, since another tab has the same form open and keeps its own;
 * `nowhere`, since this browser can seal nothing.
 */
export type DraftPlace = 'here' | 'elsewhere' | 'nowhere'

export interface Draft {
  /** What had been kept, null for nothing; undefined while it is looked for. */
  readonly found: FoundDraft | null | undefined
  readonly place: DraftPlace
  /** When what stands in the form was kept; undefined while it has not been. */
  readonly keptMs: number | undefined
  /** Keeps this in place of what was kept before. */
  readonly keep: (value: unknown) => void
  /** It was sent, or is not wanted any more. */
  readonly drop: () => void
}

interface Slot {
  readonly name: string
  readonly place: DraftPlace
  readonly found: FoundDraft | null
}

/**
 * The draft of a form over reloads, closed tabs and crashes, of the person who has signed in and of this ledger.
 * @param name of what it is a draft, such as `order/S1/U1/new`
 */
export function useDraft(name: string): Draft {
  const signedIn = useIdentity()
  const { data: status } = useStatus()
  const [slot, setSlot] = useState<Slot>()
  const [keptMs, setKeptMs] = useState<number>()
  const chain = status?.chain
  const whole = signedIn === undefined || chain === undefined ? undefined : `${chain}/${signedIn.identity.key}/${name}`
  const personal = signedIn?.personal
  const writer = useRef<DraftWriter>(undefined)

  useEffect(() => {
    setSlot(undefined)
    setKeptMs(undefined)
    if (whole === undefined || personal === undefined) return undefined
    const end = new AbortController()
    const look = async (): Promise<void> => {
      const key = await personal
      if (key === undefined) return setSlot({ name: whole, place: 'nowhere', found: null })
      const isHere = await holdAlone(`dujiang/draft/${whole}`, end.signal)
      const found = isHere ? ((await findDraft(whole, key)) ?? null) : null
      if (end.signal.aborted) return
      const store = { keep: (value: unknown) => keepDraft(whole, value, key), drop: () => dropDraft(whole) }
      // What is kept after the form has gone is no word about the form that has come.
      const onKept = (ms: number | undefined): void => void (end.signal.aborted || setKeptMs(ms))
      if (isHere) writer.current = new DraftWriter(store, onKept)
      setSlot({ name: whole, place: isHere ? 'here' : 'elsewhere', found })
      setKeptMs(found?.keptMs)
    }
    look().catch(() => setSlot({ name: whole, place: 'nowhere', found: null }))
    const flush = (): void => writer.current?.flush()
    window.addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      flush()
      writer.current = undefined
      end.abort()
    }
  }, [whole, personal])

  const acts = useMemo(
    () => ({
      keep: (value: unknown) => writer.current?.keep(value),
      drop: () => writer.current?.drop(),
    }),
    [],
  )
  const isMine = slot !== undefined && slot.name === whole
  return { found: isMine ? slot.found : undefined, place: isMine ? slot.place : 'here', keptMs, ...acts }
}

/** True when this tab has the name for itself, until the signal is aborted; false when another has it. */
function holdAlone(name: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    // A form that is shown again at once has let go of it by then.
    setTimeout(() => {
      void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        if (lock === null || signal.aborted) return undefined
        return new Promise<void>((letGo) => signal.addEventListener('abort', () => letGo()))
      })
    })
  })
}
