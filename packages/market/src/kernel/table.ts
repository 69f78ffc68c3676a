import type { Effect, View } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'

/**
 * A typed table of the state. Its name is `family/table`, and a row's key `family/table/part/part`; parts are ids
 * (ASCII letters, digits, `.`, `_`, `-`), so that no part can contain the separator.
 */
export interface Table<V> {
  readonly name: string
  get(view: View, ...parts: readonly string[]): V | undefined
  /** Rows whose key begins with these parts, in ascending order of key. */
  rows(view: View, ...parts: readonly string[]): Iterable<V>
  /** The same with each row's last part. */
  entries(view: View, ...parts: readonly string[]): Iterable<readonly [last: string, row: V]>
  put(row: V, ...parts: readonly string[]): Extract<Effect, { kind: 'put' }>
  drop(...parts: readonly string[]): Effect
}

export function table<V>(name: `${string}/${string}`): Table<V> {
  const keyOf = keysUnder(name)
  return {
    name,
    get: (view, ...parts) => view.get(keyOf(parts)) as V | undefined,
    *rows(view, ...parts) {
      for (const [, row] of view.scan(`${[name, ...parts].join('/')}/`)) yield row as V
    },
    *entries(view, ...parts) {
      for (const [key, row] of view.scan(`${[name, ...parts].join('/')}/`))
        yield [key.slice(key.lastIndexOf('/') + 1), row as V]
    },
    put: (row, ...parts) => ({ kind: 'put', key: keyOf(parts), value: row as Json }),
    drop: (...parts) => ({ kind: 'drop', key: keyOf(parts) }),
  }
}

/** Of one table; more than most books have units. */
const KEYS_MAX = 8_192

/**
 * Makes keys, and gives the one it made before for the same parts: a text that is put together is made flat and hashed at each
 * first look-up, some thirty times an order. Only speed depends on what is remembered.
 */
function keysUnder(name: string): (parts: readonly string[]) => string {
  const partsAt = name.length + 1
  // By their last part, which tells most rows of a table apart.
  const made = new Map<string, string>()
  return (parts) => {
    const known = made.get(parts[parts.length - 1] as string)
    if (known !== undefined && consistsOf(known, partsAt, parts)) return known
    const key = [name, ...parts].join('/')
    if (made.size === KEYS_MAX) made.clear()
    // Cut out of the key: a part that was read from an act may hold on to all of its text.
    made.set(key.slice(key.lastIndexOf('/') + 1), key)
    return key
  }
}

/** Are these the key's parts, from `at` on? The last one is known to be the same. */
function consistsOf(key: string, at: number, parts: readonly string[]): boolean {
  const last = parts.length - 1
  for (let i = 0; i < last; i++) {
    const part = parts[i] as string
    if (!key.startsWith(part, at) || key[at + part.length] !== '/') return false
    at += part.length + 1
  }
  return at + (parts[last] as string).length === key.length
}

/** The table a key belongs to: its first two parts. */
export function tableOfKey(key: string): string {
  const second = key.indexOf('/', key.indexOf('/') + 1)
  return second === -1 ? key : key.slice(0, second)
}
