import { concatBytes, equalBytes } from '../bytes.ts'
import type { Hash } from '../provider.ts'
import { rootInput } from './root.ts'

/** What a map commits to. Rule TREE-11. */
export interface MapHead {
  readonly root: Uint8Array
  readonly count: number
}

/** A proof of one key's value or absence. Rule TREE-12. */
export interface MapProof {
  /** The other side at each step, 32 bytes each (all zero when that side is empty), from the end of the path upwards. */
  readonly siblings: readonly Uint8Array[]
  /** For an absent key whose path ends at another key: that key and its value. */
  readonly other?: { readonly keyHash: Uint8Array; readonly valueHash: Uint8Array }
}

const hashBytes = 32
const depthMax = 8 * hashBytes

/**
 * Does the map with this head bind `keyHash` to `valueHash` — or, with `undefined`, hold no such key? Never throws:
 * whatever is malformed is `false`. Rule TREE-12 (packages/core/src/crypto/MERKLE.md).
 * @example verifyMapProof(sha256, map.head(), keyHash, undefined, map.prove(keyHash)) // true when the key is absent
 */
export function verifyMapProof(
  hash: Hash,
  head: MapHead,
  keyHash: Uint8Array,
  valueHash: Uint8Array | undefined,
  proof: MapProof,
): boolean {
  const { siblings } = proof
  if (!Number.isSafeInteger(head.count) || head.count < 0 || keyHash.length !== hashBytes) return false
  if (siblings.length > depthMax || !siblings.every((sibling) => sibling.length === hashBytes)) return false

  let node = endOfPath(hash, keyHash, valueHash, proof)
  if (node === undefined) return false
  for (const [step, sibling] of siblings.entries()) {
    const goesRight = bitOfBytes(keyHash, siblings.length - 1 - step) === 1
    node = hash(
      goesRight ? concatBytes(Uint8Array.of(0x01), sibling, node) : concatBytes(Uint8Array.of(0x01), node, sibling),
    )
  }
  return equalBytes(hash(rootInput(head.count, node)), head.root)
}

/** The node at the end of the key's path if the claim holds there, or undefined when the proof contradicts the claim. */
function endOfPath(
  hash: Hash,
  keyHash: Uint8Array,
  valueHash: Uint8Array | undefined,
  { siblings, other }: MapProof,
): Uint8Array | undefined {
  if (valueHash !== undefined) {
    if (other !== undefined || valueHash.length !== hashBytes) return undefined
    return leafNode(hash, keyHash, valueHash)
  }
  if (other === undefined) return new Uint8Array(hashBytes)
  if (other.keyHash.length !== hashBytes || other.valueHash.length !== hashBytes) return undefined
  if (equalBytes(other.keyHash, keyHash) || !sharePrefix(other.keyHash, keyHash, siblings.length)) return undefined
  return leafNode(hash, other.keyHash, other.valueHash)
}

function leafNode(hash: Hash, keyHash: Uint8Array, valueHash: Uint8Array): Uint8Array {
  return hash(concatBytes(Uint8Array.of(0x00), keyHash, valueHash))
}

function sharePrefix(x: Uint8Array, y: Uint8Array, bits: number): boolean {
  for (let i = 0; i < bits; i++) if (bitOfBytes(x, i) !== bitOfBytes(y, i)) return false
  return true
}

function bitOfBytes(bytes: Uint8Array, index: number): number {
  return ((bytes[index >>> 3] as number) >>> (7 - (index & 7))) & 1
}
