import { useSyncExternalStore } from 'react'

export type Live = 'connecting' | 'live' | 'broken'

/** Does the node answer? */
export interface Reach {
  readonly state: Live
  /** Since when, by this machine's clock. */
  readonly sinceMs: number
  /** How long it had not answered before it did again. */
  readonly awayMs?: number
}

/** A node that takes longer to say how far it is hangs, or is cut off. */
const PATIENCE_MS = 8_000

let reach: Reach = { state: 'connecting', sinceMs: Date.now() }
const listeners = new Set<() => void>()

function noteReach(state: 'live' | 'broken'): void {
  if (state === reach.state) return
  const nowMs = Date.now()
  reach = { state, sinceMs: nowMs, ...(reach.state === 'broken' ? { awayMs: nowMs - reach.sinceMs } : {}) }
  for (const tell of listeners) tell()
}

export function onReach(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const reachNow = (): Reach => reach

/** Does the node answer, as every request to it shows? */
export function useReach(): Reach {
  return useSyncExternalStore(onReach, reachNow)
}

/** `fetch`, which learns from each answer of this page's node, and from each that did not come, whether it is there. */
export const watchedFetch: typeof globalThis.fetch = async (input, init) => {
  // Acts go to others too, whose answers say nothing of it.
  if (!isHere(input)) return fetch(input, init)
  try {
    const response = await fetch(input, init)
    noteReach(isOfNode(response) ? 'live' : 'broken')
    return response
  } catch (cause) {
    const { signal } = init ?? {}
    // What was given up here says nothing of the node; what ran out of time does.
    if (signal?.aborted !== true || isTimeout(signal.reason)) noteReach('broken')
    throw cause
  }
}

/** Says that the node does not answer while this takes too long; whatever it answers in the end counts. */
export async function withPatience<T>(answer: Promise<T>): Promise<T> {
  const timer = setTimeout(() => noteReach('broken'), PATIENCE_MS)
  try {
    return await answer
  } finally {
    clearTimeout(timer)
  }
}

/** Asks the node: does it answer, and in time? */
export async function doesAnswer(): Promise<boolean> {
  try {
    return isOfNode(await watchedFetch('/v1/status', { signal: AbortSignal.timeout(PATIENCE_MS) }))
  } catch {
    return false
  }
}

function isHere(input: RequestInfo | URL): boolean {
  const url = input instanceof Request ? input.url : input
  return new URL(url, window.location.href).origin === window.location.origin
}

/** A proxy in front of a node that is down answers too, with a page of its own. */
const isOfNode = ({ status, headers }: Response): boolean =>
  status < 500 || (headers.get('content-type') ?? '').includes('json')

const isTimeout = (reason: unknown): boolean => reason instanceof DOMException && reason.name === 'TimeoutError'
