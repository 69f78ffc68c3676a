import type { Json } from '@dujiang/core/codec'
import type { Hash } from '@dujiang/core/crypto'
import type { View } from '../application.ts'
import { SortedMap } from './sorted-map.ts'

/** The block in which one reads. */
export type Place = Pick<View, 'height' | 'timeMs' | 'previousTimeMs'>

/** The state as it was, with a block's writes laid over it; nothing below changes until the block is committed. */
export class Overlay implements View {
  readonly height: number
  readonly timeMs: number
  readonly previousTimeMs: number
  readonly sha256: Hash
  readonly writes = new Map<string, Json | undefined>()
  readonly #base: SortedMap<Json>
  // Most blocks are written to often and scanned seldom: written keys are sorted when a scan asks for them.
  readonly #sorted = new SortedMap<true>()
  #unsorted: string[] = []

  constructor(sha256: Hash, base: SortedMap<Json>, { height, timeMs, previousTimeMs }: Place) {
    this.sha256 = sha256
    this.#base = base
    this.height = height
    this.timeMs = timeMs
    this.previousTimeMs = previousTimeMs
  }

  get(key: string): Json | undefined {
    return this.writes.has(key) ? this.writes.get(key) : this.#base.get(key)
  }

  put(key: string, value: Json): void {
    this.#write(key, value)
  }

  drop(key: string): void {
    if (this.#base.has(key)) this.#write(key, undefined)
    else this.writes.delete(key)
  }

  *scan(prefix: string): Iterable<readonly [string, Json]> {
    for (const key of this.#unsorted) this.#sorted.set(key, true)
    this.#unsorted = []
    const written = this.#sorted.startingWith(prefix)[Symbol.iterator]()
    let next = written.next()
    for (const entry of this.#base.startingWith(prefix)) {
      for (; next.done !== true && next.value[0] < entry[0]; next = written.next()) yield* this.#written(next.value[0])
      if (next.done === true || next.value[0] !== entry[0]) yield entry
      else {
        yield* this.#written(entry[0])
        next = written.next()
      }
    }
    for (; next.done !== true; next = written.next()) yield* this.#written(next.value[0])
  }

  #write(key: string, value: Json | undefined): void {
    if (!this.writes.has(key)) this.#unsorted.push(key)
    this.writes.set(key, value)
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
  readonly previousTimeMs: number
  readonly sha256: Hash
  readonly #values: SortedMap<Json>

  constructor(sha256: Hash, values: SortedMap<Json>, { height, timeMs, previousTimeMs }: Place) {
    this.sha256 = sha256
    this.#values = values
    this.height = height
    this.timeMs = timeMs
    this.previousTimeMs = previousTimeMs
  }

  get(key: string): Json | undefined {
    return this.#values.get(key)
  }

  /** As every view; pages of a long table go on `after` the last key of the page before, at the cost of the page alone. */
  scan(prefix: string, after?: string): Iterable<readonly [string, Json]> {
    return this.#values.startingWith(prefix, after)
  }
}
