import { useSyncExternalStore } from 'react'

let nowMs = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

/** This machine's clock, in UTC milliseconds, each second: for countdowns. What counts is the time of the blocks. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs)
}

/** What the clock says of something, such as that it is open: drawn anew when that changes, and not each second. */
export function useByNow<T extends string | number | boolean>(said: (nowMs: number) => T): T {
  return useSyncExternalStore(subscribe, () => said(nowMs))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  if (timer === undefined) {
    // Nobody has looked since.
    nowMs = Date.now()
    timer = setInterval(tick, 1_000)
  }
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

function tick(): void {
  nowMs = Date.now()
  for (const tell of listeners) tell()
}
