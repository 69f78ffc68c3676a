import { type Json, encodeCanonical } from '@dujiang/core/codec'
import { AuthMap, type Frontier, type Hash, emptyFrontier, hashText } from '@dujiang/core/crypto'
import { appHashOf } from './app-hash.ts'
import { SeenIds } from './seen.ts'
import { SortedMap } from './sorted-map.ts'

/**
 * Everything a node needs to execute the next block. Values are what was put, held as they are and never changed in
 * place; the tree commits to every key and value, the frontier to every receipt.
 */
export interface State {
  readonly values: SortedMap<Json>
  readonly seen: SeenIds
  /** Places in the tree that were asked for lately; only speed depends on it. */
  readonly keyHashes: Map<string, Uint8Array>
  tree: AuthMap
  receipts: Frontier
  appHash: Uint8Array
}

export function emptyState(sha256: Hash): State {
  const tree = AuthMap.empty(sha256)
  const receipts = emptyFrontier
  return {
    values: new SortedMap<Json>(),
    seen: new SeenIds(),
    keyHashes: new Map(),
    tree,
    receipts,
    appHash: appHashOf(sha256, tree, receipts),
  }
}

const KEY_HASHES_MAX = 65_536

/** A row's place in the tree. Rule STATE-1. */
export const keyHashOf = (sha256: Hash, key: string): Uint8Array => hashText(sha256, key)

/** What the tree holds there. Rule STATE-1. */
export function valueHashOf(sha256: Hash, value: Json | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : hashText(sha256, encodeCanonical(value))
}

/** The tree after a block's writes; undefined drops a key. */
export function treeAfter(
  sha256: Hash,
  { tree, keyHashes }: Pick<State, 'tree' | 'keyHashes'>,
  writes: ReadonlyMap<string, Json | undefined>,
): AuthMap {
  const changes = []
  for (const [key, value] of writes) {
    let keyHash = keyHashes.get(key)
    if (keyHash === undefined) {
      keyHash = keyHashOf(sha256, key)
      if (keyHashes.size === KEY_HASHES_MAX) keyHashes.clear()
      keyHashes.set(key, keyHash)
    }
    changes.push({ keyHash, valueHash: valueHashOf(sha256, value) })
  }
  return tree.apply(changes)
}

export function applyWrites(values: SortedMap<Json>, writes: ReadonlyMap<string, Json | undefined>): void {
  for (const [key, value] of writes) {
    if (value === undefined) values.delete(key)
    else values.set(key, value)
  }
}
