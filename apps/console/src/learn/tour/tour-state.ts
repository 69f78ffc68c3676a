import { useSyncExternalStore } from 'react'
import type { TourName } from './tours.ts'

/** Which tour is under way, and how far; kept for this tab, so that a reload does not end it. */
export interface TourState {
  readonly name: TourName
  readonly step: number
  readonly begunMs: number
  /** The session of the tour, once there is one. */
  readonly session?: string
  /** The order that was sent in it, by its receipt. */
  readonly order?: string
}

/** What a step has come upon, for those after it. */
export type Found = Pick<TourState, 'session' | 'order'>

const KEY = 'dujiang/tour'
let state = read()
const listeners = new Set<() => void>()

function become(next: TourState | undefined): void {
  state = next
  if (next === undefined) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, JSON.stringify(next))
  for (const tell of listeners) tell()
}

export const beginTour = (name: TourName): void => become({ name, step: 0, begunMs: Date.now() })
export const endTour = (): void => become(undefined)

export function moveTour(change: Partial<Pick<TourState, 'step'> & Found>): void {
  if (state !== undefined) become({ ...state, ...change })
}

export function useTour(): TourState | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

function read(): TourState | undefined {
  const text = sessionStorage.getItem(KEY)
  return text === null ? undefined : (JSON.parse(text) as TourState)
}
