import type { Json } from '@dujiang/core/codec'
import { AuthMap, LogTree, leafHash, toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'

const { sha256 } = nodeCrypto
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Roots and proofs of small logs and maps: the layouts in bytes, by example. */
export function treeVectors(): Json {
  return {
    about: 'Rules TREE-1 to TREE-12 (packages/core/src/crypto/MERKLE.md) with SHA-256. All hashes in hexadecimal.',
    log: logVectors(),
    map: mapVectors(),
  }
}

function logVectors(): Json {
  const leaves = Array.from({ length: 9 }, (_, index) => `leaf ${index}`)
  const log = new LogTree(sha256)
  for (const leaf of leaves) log.append(leafHash(sha256, bytesOf(leaf)))
  const inclusion = [
    [0, 1],
    [0, 7],
    [5, 7],
    [6, 7],
    [8, 9],
  ] as const
  const consistency = [
    [1, 2],
    [3, 7],
    [4, 8],
    [6, 9],
  ] as const
  return {
    leaves,
    leafHashes: leaves.map((leaf) => toHex(leafHash(sha256, bytesOf(leaf)))),
    roots: [...leaves.keys(), leaves.length].map((size) => ({ size, root: toHex(log.rootAt(size)) })),
    inclusion: inclusion.map(([index, size]) => ({ index, size, path: log.inclusionProof(index, size).map(toHex) })),
    consistency: consistency.map(([earlier, later]) => ({
      earlier,
      later,
      path: log.consistencyProof(earlier, later).map(toHex),
    })),
  }
}

function mapVectors(): Json {
  const rows = Array.from({ length: 6 }, (_, index) => ({ key: `key ${index}`, value: `value ${index}` }))
  const hashed = rows.map(({ key, value }) => ({ keyHash: sha256(bytesOf(key)), valueHash: sha256(bytesOf(value)) }))
  const maps = [...rows.keys(), rows.length].map((count) => AuthMap.empty(sha256).apply(hashed.slice(0, count)))
  const whole = maps.at(-1) as AuthMap
  const asked = ['key 0', 'key 3', 'key 6', 'key 7', 'key 8']
  return {
    rows: rows.map((row, index) => ({
      ...row,
      keyHash: toHex((hashed[index] as { readonly keyHash: Uint8Array }).keyHash),
      valueHash: toHex((hashed[index] as { readonly valueHash: Uint8Array }).valueHash),
    })),
    roots: maps.map((map) => ({ count: map.count, root: toHex(map.root()) })),
    proofs: asked.map((key) => {
      const { siblings, other } = whole.prove(sha256(bytesOf(key)))
      const leaf = other && { other: { keyHash: toHex(other.keyHash), valueHash: toHex(other.valueHash) } }
      return { key, siblings: siblings.map(toHex), ...leaf }
    }),
  }
}
