import type { Refusal, Route, View } from '../application.ts'
import type { Overlay } from '../state/overlay.ts'

const streamPrefix = (stream: string): string => `chain/sequence/${stream}/`
const sequenceKey = ({ stream, actor }: Route): string => streamPrefix(stream) + actor

/** The last sequence executed for this stream and actor; 0 before the first. */
export function lastSequence(view: View, route: Route): number {
  return (view.get(sequenceKey(route)) as number | undefined) ?? 0
}

/** Gaps are allowed, going back is not: else a replaced order could come back to life. Rule SEQ-1. */
export function sequenceRefusal(view: View, route: Route, sequence: number): Refusal | undefined {
  const last = lastSequence(view, route)
  if (sequence > last) return undefined
  return { code: 100, name: 'sequenceNotHigher', facts: { stream: route.stream, actor: route.actor, last, sequence } }
}

export function noteSequence(overlay: Overlay, route: Route, sequence: number): void {
  overlay.put(sequenceKey(route), sequence)
}

export function forgetStream(overlay: Overlay, stream: string): void {
  const keys = Array.from(overlay.scan(streamPrefix(stream)), ([key]) => key)
  for (const key of keys) overlay.drop(key)
}
