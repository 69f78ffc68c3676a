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

  get(key: string): V | undefined {
    return this.#values.get(key)
  }

  has(key: string): boolean {
    return this.#values.has(key)
  }

  set(key: string, value: V): void {
    if (!this.#values.has(key)) this.#keys.set(key, true)
    this.#values.set(key, value)
  }

  delete(key: string): void {
    if (this.#values.delete(key)) this.#keys.delete(key)
  }

  /** Entries whose key starts with `prefix`, ascending, from `after` (not included) on if given. */
  *startingWith(prefix: string, after?: string): Iterable<readonly [key: string, value: V]> {
    for (const key of this.#keys.keys(after !== undefined && after > prefix ? after : prefix)) {
      if (!key.startsWith(prefix)) return
      if (key !== after) yield [key, this.#values.get(key) as V]
    }
  }
}
