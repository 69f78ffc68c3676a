import type { Refusal, Route, View } from '../application.ts'
import { Defect } from '../defect.ts'
import type { Overlay } from '../state/overlay.ts'

/** The chain's own refusal among those that leave a receipt. */
export const SEQUENCE_NOT_HIGHER = { code: 100, name: 'sequenceNotHigher' } as const

const streamPrefix = (stream: string): string => `chain/sequence/${stream}/`
const sequenceKey = ({ stream, actor }: Route): string => streamPrefix(stream) + actor

/** The last sequence accepted for this stream and actor; 0 before the first. */
export function lastSequence(view: View, route: Route): number {
  return (view.get(sequenceKey(route)) as number | undefined) ?? 0
}

/** Gaps are allowed, going back is not: else a replaced order could come back to life. Rule SEQ-1. */
export function sequenceRefusal(view: View, route: Route, sequence: number): Refusal | undefined {
  const last = lastSequence(view, route)
  if (sequence > last) return undefined
  return { ...SEQUENCE_NOT_HIGHER, facts: { stream: route.stream, actor: route.actor, last, sequence } }
}

/** Remembers the sequence of an act that was accepted: what is refused leaves no row. Rules SEQ-2 and SEQ-3. */
export function noteSequence(overlay: Overlay, route: Route, sequence: number): void {
  // With a separator in its name, one stream could end another.
  if (route.stream.includes('/')) throw new Defect('SEQ-3', `the stream ${route.stream} has a / in its name`)
  overlay.put(sequenceKey(route), sequence)
}

export function forgetStream(overlay: Overlay, stream: string): void {
  const keys = Array.from(overlay.scan(streamPrefix(stream)), ([key]) => key)
  for (const key of keys) overlay.drop(key)
}
