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
  const keyOf = (parts: readonly string[]): string => `${name}/${parts.join('/')}`
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

/** The table a key belongs to: its first two parts. */
export function tableOfKey(key: string): string {
  const second = key.indexOf('/', key.indexOf('/') + 1)
  return second === -1 ? key : key.slice(0, second)
}
