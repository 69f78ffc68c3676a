import { equalBytes } from '../bytes.ts'
import type { Hash } from '../provider.ts'
import { hashBytes, nodeHash } from './hashes.ts'

/** A log at one moment: how many leaves it had, and their root. Neither means anything without the other. Rule TREE-5. */
export interface LogHead {
  readonly size: number
  readonly root: Uint8Array
}

/**
 * Is `leaf` (a leaf hash) the leaf number `index`, from 0, of the log of `size` leaves with this `root`? `path` holds the
 * siblings from the leaf upwards. Never throws: a wrong length, a number that is no count, one hash too many are `false`.
 * Rule TREE-6 (RFC 9162, 2.1.3.2).
 */
export function verifyInclusion(
  hash: Hash,
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (!isHash(leaf) || !path.every(isHash)) return false
  let node = index
  let last = size - 1
  let computed = leaf
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      computed = nodeHash(hash, sibling, computed)
      // A last node without a right sibling is its own parent, until it is a right child.
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = half(last)
      }
    } else {
      computed = nodeHash(hash, computed, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equalBytes(computed, root)
}

/**
 * Does the log at `later` begin with all that it held at `earlier`? `path` is the proof of RFC 9162, 2.1.4.1. An empty
 * earlier log proves nothing and is `false`, whatever the path. Never throws. Rule TREE-7 (RFC 9162, 2.1.4.2).
 */
export function verifyConsistency(hash: Hash, earlier: LogHead, later: LogHead, path: readonly Uint8Array[]): boolean {
  if (!isCount(earlier.size) || !isCount(later.size)) return false
  if (earlier.size === 0 || earlier.size > later.size || !path.every(isHash)) return false
  if (earlier.size === later.size) return path.length === 0 && equalBytes(earlier.root, later.root)

  let node = earlier.size - 1
  let last = later.size - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  // An earlier log that is one complete subtree is its own first hash; the proof leaves it out.
  const rest = node === 0 ? path : path.slice(1)
  let earlierRoot = node === 0 ? earlier.root : path[0]
  if (earlierRoot === undefined || !isHash(earlierRoot)) return false
  let laterRoot = earlierRoot
  for (const sibling of rest) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      earlierRoot = nodeHash(hash, sibling, earlierRoot)
      laterRoot = nodeHash(hash, sibling, laterRoot)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = half(last)
      }
    } else {
      laterRoot = nodeHash(hash, laterRoot, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equalBytes(earlierRoot, earlier.root) && equalBytes(laterRoot, later.root)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === hashBytes
}

// Sizes may pass 2^31, where shifts would wrap.
function half(value: number): number {
  return Math.floor(value / 2)
}
