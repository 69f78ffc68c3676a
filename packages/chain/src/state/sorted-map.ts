import module from 'sorted-btree'

// The package is CommonJS: what it exports by default stands under `default`.
const BTree = module.default

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * Values by key, in ascending order of code units: the same order on every machine. Rows are read far more often than a
 * key comes or goes, and a tree compares long keys on every level; hence a map for values, and a tree for the order alone.
 */
export class SortedMap<V> {
  readonly #values = new Map<string, V>()
  readonly #keys = new BTree<string, true>(undefined, byCodeUnit)
  readonly #held = new Set<HeldMap<V>>()

  get(key: string): V | undefined {
    return this.#values.get(key)
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  set(key: string, value: V): void {
    if (this.#held.size > 0) this.#keep(key)
    if (!this.#values.has(key)) this.#keys.set(key, true)
    this.#values.set(key, value)
  }

  delete(key: string): void {
    if (this.#held.size > 0) this.#keep(key)
    if (this.#values.delete(key)) this.#keys.delete(key)
  }

  /**
   * The map as it is now, to be read while it goes on changing. Costs nothing at once, and what a changed value takes
   * until it is released.
   */
  hold(): HeldMap<V> {
    const held: HeldMap<V> = new HeldMap(this.#keys.clone(), this.#values, () => this.#held.delete(held))
    this.#held.add(held)
    return held
  }

  /** Entries whose key starts with `prefix`, ascending, from `after` (not included) on if given. */
  *startingWith(prefix: string, after?: string): Iterable<readonly [key: string, value: V]> {
    for (const key of this.#keys.keys(after !== undefined && after > prefix ? after : prefix)) {
      if (!key.startsWith(prefix)) return
      if (key !== after) yield [key, this.#values.get(key) as V]
    }
  }

  #keep(key: string): void {
    for (const held of this.#held) held.keep(key)
  }
}

/** A map at one moment. What has changed since is kept aside, all else is read where it is. */
export class HeldMap<V> {
  readonly size: number
  /** Must be called when it is no longer read. */
  readonly release: () => void
  readonly #keys: InstanceType<typeof BTree<string, true>>
  readonly #values: ReadonlyMap<string, V>
  readonly #before = new Map<string, V>()

  constructor(keys: InstanceType<typeof BTree<string, true>>, values: ReadonlyMap<string, V>, release: () => void) {
    this.size = values.size
    this.#keys = keys
    this.#values = values
    this.release = release
  }

  /** Called before the value of `key` changes; the first one is the one that was held. */
  keep(key: string): void {
    const value = this.#values.get(key)
    if (value !== undefined && !this.#before.has(key)) this.#before.set(key, value)
  }

  /** All entries in ascending order of key. */
  *entries(): Iterable<readonly [key: string, value: V]> {
    for (const key of this.#keys.keys()) yield [key, this.#before.get(key) ?? (this.#values.get(key) as V)]
  }
}
