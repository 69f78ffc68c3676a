import module from 'sorted-btree'

// The package is CommonJS: what it exports by default stands under `default`.
const BTree = module.default

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Values by key, in ascending order of code units: the same order on every machine. */
export class SortedMap<V> {
  readonly #tree = new BTree<string, V>(undefined, byCodeUnit)

  get(key: string): V | undefined {
    return this.#tree.get(key)
  }

  has(key: string): boolean {
    return this.#tree.has(key)
  }

  set(key: string, value: V): void {
    this.#tree.set(key, value)
  }

  delete(key: string): void {
    this.#tree.delete(key)
  }

  /** Entries whose key starts with `prefix`, ascending, from `after` (not included) on if given. */
  *startingWith(prefix: string, after?: string): Iterable<readonly [key: string, value: V]> {
    for (const entry of this.#tree.entries(after !== undefined && after > prefix ? after : prefix)) {
      if (!entry[0].startsWith(prefix)) return
      if (entry[0] !== after) yield entry
    }
  }
}
