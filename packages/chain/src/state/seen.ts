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
    this.addTo(minuteOf(expires), id)
  }

  addTo(minute: number, id: string): void {
    const bucket = this.#buckets.get(minute)
    if (bucket === undefined) this.#buckets.set(minute, new Set([id]))
    else bucket.add(id)
  }

  /** The ids that expire in a minute, in the order of execution. */
  of(minute: number): readonly string[] {
    return [...(this.#buckets.get(minute) ?? [])]
  }

  drop(minute: number): void {
    this.#buckets.delete(minute)
  }

  /** The buckets as they are now, the earliest minute first: a bucket only grows, and one that is dropped stays whole for who holds it. */
  hold(): readonly HeldBucket[] {
    const held = [...this.#buckets].map(([minute, ids]) => ({ minute, ids, count: ids.size }))
    return held.sort((x, y) => x.minute - y.minute)
  }
}

/** The first `count` of `ids`. */
export interface HeldBucket {
  readonly minute: number
  readonly ids: Iterable<string>
  readonly count: number
}

/** The leaf of a bucket. */
interface SeenBucket {
  readonly count: number
  readonly rolling: string
}

/** What the state says of its buckets, the earliest minute first. */
export function* bucketRows(view: View): Iterable<SeenBucket & { readonly minute: number }> {
  for (const [key, value] of view.scan(SEEN_PREFIX)) {
    yield { minute: Number(key.slice(SEEN_PREFIX.length)), ...(value as unknown as SeenBucket) }
  }
}

/** The rolling hash after one more id. Rule SEEN-2. */
export const rolled = (sha256: Hash, rolling: Uint8Array, id: Uint8Array): Uint8Array => sha256(concat(rolling, id))

/** Lets ids join the buckets of their expiries, in the order given. */
export function rememberIds(overlay: Overlay, ids: ReadonlyMap<string, number>): void {
  const buckets = new Map<number, { count: number; rolling: Uint8Array }>()
  for (const [id, expires] of ids) {
    const minute = minuteOf(expires)
    let bucket = buckets.get(minute)
    if (bucket === undefined) {
      bucket = bucketBefore(overlay, minute)
      buckets.set(minute, bucket)
    }
    bucket.count += 1
    bucket.rolling = rolled(overlay.sha256, bucket.rolling, fromHex(id))
  }
  for (const [minute, { count, rolling }] of buckets) overlay.put(seenKey(minute), { count, rolling: toHex(rolling) })
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

function bucketBefore(view: View, minute: number): { count: number; rolling: Uint8Array } {
  const row = view.get(seenKey(minute)) as unknown as SeenBucket | undefined
  return row === undefined ? { count: 0, rolling: new Uint8Array(32) } : { ...row, rolling: fromHex(row.rolling) }
}

const SEEN_PREFIX = 'chain/seen/'
// Padded for every minute that a safe integer of milliseconds can name, so that keys stand in order of time.
export const seenKey = (minute: number): string => SEEN_PREFIX + String(minute).padStart(12, '0')
