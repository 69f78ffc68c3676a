import { type Hash, fromHex, toHex } from '@dujiang/core/crypto'
import { concat } from '../bytes.ts'
import type { View } from '../application.ts'
import type { Overlay } from './overlay.ts'

const MINUTE_MS = 60_000

/** The minute an instant lies in, counted from 1970. */
export const minuteOf = (ms: number): number => (ms - (ms % MINUTE_MS)) / MINUTE_MS

/**
 * The ids of executed acts, kept until they expire, in buckets by the minute of expiry. The tree holds one leaf a
 * bucket, the rolling hash of its ids in the order they were executed, so the ids themselves are part of the committed
 * state without a leaf each. Rules SEEN-1 to SEEN-3.
 */
export class SeenIds {
  readonly #buckets = new Map<number, Set<string>>()

  has(id: string, expires: number): boolean {
    return this.#buckets.get(minuteOf(expires))?.has(id) ?? false
  }

  add(id: string, expires: number): void {
    const minute = minuteOf(expires)
    const bucket = this.#buckets.get(minute)
    if (bucket === undefined) this.#buckets.set(minute, new Set([id]))
    else bucket.add(id)
  }

  drop(minute: number): void {
    this.#buckets.delete(minute)
  }
}

/** The leaf of a bucket. */
interface SeenBucket {
  readonly count: number
  readonly rolling: string
}

/** Lets `id` join the bucket of its expiry. */
export function rememberId(overlay: Overlay, id: string, expires: number): void {
  const key = seenKey(minuteOf(expires))
  const before = overlay.get(key) as unknown as SeenBucket | undefined
  const { count, rolling } = rolled(overlay.sha256, before, id)
  overlay.put(key, { count, rolling })
}

/** The minutes of the buckets that can refuse nothing any more, their last possible expiry having passed. */
export function pastBuckets(view: View): readonly number[] {
  const past: number[] = []
  for (const [key] of view.scan(SEEN_PREFIX)) {
    const minute = Number(key.slice(SEEN_PREFIX.length))
    if ((minute + 1) * MINUTE_MS > view.timeMs) break
    past.push(minute)
  }
  return past
}

export function dropBuckets(overlay: Overlay, minutes: readonly number[]): void {
  for (const minute of minutes) overlay.drop(seenKey(minute))
}

function rolled(sha256: Hash, before: SeenBucket | undefined, id: string): SeenBucket {
  const previous = before === undefined ? new Uint8Array(32) : fromHex(before.rolling)
  return { count: (before?.count ?? 0) + 1, rolling: toHex(sha256(concat(previous, fromHex(id)))) }
}

const SEEN_PREFIX = 'chain/seen/'
// Padded for every minute that a safe integer of milliseconds can name, so that keys stand in order of time.
const seenKey = (minute: number): string => SEEN_PREFIX + String(minute).padStart(12, '0')
