import type { Json } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import type { View } from '../application.ts'
import type { SortedMap } from './sorted-map.ts'

/** The state as it was, with a block's writes laid over it; nothing below changes until the block is committed. */
export class Overlay implements View {
  readonly height: number
  readonly timeMs: number
  readonly sha256: Hash
  readonly writes = new Map<string, Json | undefined>()
  readonly #base: SortedMap<Json>

  constructor(sha256: Hash, base: SortedMap<Json>, height: number, timeMs: number) {
    this.sha256 = sha256
    this.#base = base
    this.height = height
    this.timeMs = timeMs
  }

  get(key: string): Json | undefined {
    return this.writes.has(key) ? this.writes.get(key) : this.#base.get(key)
  }

  put(key: string, value: Json): void {
    this.writes.set(key, value)
  }

  drop(key: string): void {
    if (this.#base.has(key)) this.writes.set(key, undefined)
    else this.writes.delete(key)
  }

  *scan(prefix: string): Iterable<readonly [string, Json]> {
    const written = [...this.writes.keys()].filter((key) => key.startsWith(prefix)).sort(byCodeUnit)
    let next = 0
    for (const [key, value] of this.#base.startingWith(prefix)) {
      for (; next < written.length && (written[next] as string) < key; next++)
        yield* this.#written(written[next] as string)
      if (next < written.length && written[next] === key) yield* this.#written(written[next++] as string)
      else yield [key, value]
    }
    for (; next < written.length; next++) yield* this.#written(written[next] as string)
  }

  *#written(key: string): Iterable<readonly [string, Json]> {
    const value = this.writes.get(key)
    if (value !== undefined) yield [key, value]
  }
}

/** The committed state as a view, for admission and for queries. */
export class CommittedView implements View {
  readonly height: number
  readonly timeMs: number
  readonly sha256: Hash
  readonly #values: SortedMap<Json>

  constructor(sha256: Hash, values: SortedMap<Json>, height: number, timeMs: number) {
    this.sha256 = sha256
    this.#values = values
    this.height = height
    this.timeMs = timeMs
  }

  get(key: string): Json | undefined {
    return this.#values.get(key)
  }

  scan(prefix: string): Iterable<readonly [string, Json]> {
    return this.#values.startingWith(prefix)
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
