import { type Hash, fromHex, toHex } from '@dujiang/core/crypto'
import { concat } from '../bytes.ts'

const MINUTE_MS = 60_000

/**
 * The ids of executed acts, kept until they expire, in buckets by the minute of expiry. The tree holds one leaf a
 * bucket, the rolling hash of its ids in the order they were executed, so the ids themselves are part of the committed
 * state without a leaf each.
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

export const minuteOf = (ms: number): number => (ms - (ms % MINUTE_MS)) / MINUTE_MS

/** A bucket whose last possible expiry has passed can refuse nothing any more. */
export const isPast = (minute: number, blockTimeMs: number): boolean => (minute + 1) * MINUTE_MS <= blockTimeMs

export const SEEN_PREFIX = 'chain/seen/'
export const seenKey = (minute: number): string => SEEN_PREFIX + String(minute).padStart(9, '0')
export const minuteOfKey = (key: string): number => Number(key.slice(SEEN_PREFIX.length))

/** The leaf of a bucket once `id` has joined it. */
export function rolled(sha256: Hash, before: SeenBucket | undefined, id: string): SeenBucket {
  const previous = before === undefined ? new Uint8Array(32) : fromHex(before.rolling)
  return { count: (before?.count ?? 0) + 1, rolling: toHex(sha256(concat(previous, fromHex(id)))) }
}

export type SeenBucket = { readonly count: number; readonly rolling: string }
