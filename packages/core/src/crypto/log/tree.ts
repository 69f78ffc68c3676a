import type { Hash } from '../provider.ts'
import type { Frontier } from './frontier.ts'
import { emptyLogRoot, hashBytes, nodeHash } from './hashes.ts'

/**
 * A log that can prove: it keeps the root of every complete subtree (64 bytes a leaf), so a proof at any past size costs
 * about log2(size) steps. Grows in place; it is not state, only what answers questions about state.
 */
export class LogTree {
  readonly #hash: Hash
  // levels[k] holds, side by side, the roots of the complete subtrees of 2^k leaves.
  readonly #levels: Uint8Array[] = []
  #size = 0

  constructor(hash: Hash) {
    this.#hash = hash
  }

  /** How many leaves the log holds. */
  get size(): number {
    return this.#size
  }

  /** Add one leaf, given by its hash. */
  append(leaf: Uint8Array): void {
    if (leaf.length !== hashBytes) throw new Error('LogTree: a leaf hash is not 32 bytes')
    let index = this.#size
    this.#store(0, index, leaf)
    for (let level = 0; index % 2 === 1; level++) {
      const parent = nodeHash(this.#hash, this.#node(level, index - 1), this.#node(level, index))
      index = (index - 1) / 2
      this.#store(level + 1, index, parent)
    }
    this.#size++
  }

  /** Leaf hashes `from` to `to` (not included) side by side, in new memory. A range the log does not hold is a defect. */
  leaves(from: number, to: number): Uint8Array {
    if (!Number.isSafeInteger(from) || from < 0 || from > to) throw new Error('LogTree: no such range')
    if (!Number.isSafeInteger(to) || to > this.#size) throw new Error('LogTree: no such size')
    return to === 0 ? new Uint8Array(0) : (this.#levels[0] as Uint8Array).slice(from * hashBytes, to * hashBytes)
  }

  /** All that is needed to go on appending elsewhere. Rule TREE-4. */
  frontier(): Frontier {
    const peaks: Uint8Array[] = []
    for (let rest = this.#size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++) {
      if (rest % 2 === 1) peaks.push(new Uint8Array(this.#node(level, rest - 1)))
    }
    return { size: this.#size, peaks: peaks.reverse() }
  }

  /** The root of the first `size` leaves. `size` is at most the log's own; a larger one is a defect. */
  rootAt(size: number): Uint8Array {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.#size) throw new Error('LogTree: no such size')
    return size === 0 ? emptyLogRoot(this.#hash) : this.#rangeRoot(0, size)
  }

  /**
   * The path that `verifyInclusion` accepts for leaf `index` in the log of `size` leaves. Asks for index < size <= the
   * log's own size; anything else is a defect. Rule TREE-6.
   */
  inclusionProof(index: number, size: number): Uint8Array[] {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new Error('LogTree: no such leaf')
    if (!Number.isSafeInteger(size) || size > this.#size) throw new Error('LogTree: no such size')
    const path: Uint8Array[] = []
    let start = 0
    let end = size
    while (end - start > 1) {
      const middle = start + splitOf(end - start)
      if (index < middle) {
        path.push(this.#rangeRoot(middle, end))
        end = middle
      } else {
        path.push(this.#rangeRoot(start, middle))
        start = middle
      }
    }
    return path.reverse()
  }

  /**
   * The path that `verifyConsistency` accepts between the log's heads at two sizes. Asks for 1 <= earlier <= later <=
   * the log's own size; anything else is a defect. Rule TREE-7.
   */
  consistencyProof(earlier: number, later: number): Uint8Array[] {
    if (!Number.isSafeInteger(earlier) || earlier < 1 || earlier > later) throw new Error('LogTree: no such size')
    if (!Number.isSafeInteger(later) || later > this.#size) throw new Error('LogTree: no such size')
    const path: Uint8Array[] = []
    let start = 0
    let end = later
    while (earlier < end) {
      const middle = start + splitOf(end - start)
      if (earlier <= middle) {
        path.push(this.#rangeRoot(middle, end))
        end = middle
      } else {
        path.push(this.#rangeRoot(start, middle))
        start = middle
      }
    }
    // The verifier holds the earlier root: only when that is not itself a subtree must its last subtree be named.
    if (start > 0) path.push(this.#rangeRoot(start, end))
    return path.reverse()
  }

  /** The root of leaves start to end, where `start` is where RFC 6962 would begin such a subtree. */
  #rangeRoot(start: number, end: number): Uint8Array {
    const count = end - start
    const split = splitOf(count)
    if (split * 2 === count || count === 1) {
      return new Uint8Array(this.#node(levelOf(count), start / count))
    }
    return nodeHash(this.#hash, this.#rangeRoot(start, start + split), this.#rangeRoot(start + split, end))
  }

  /** A view of one stored hash. */
  #node(level: number, index: number): Uint8Array {
    return (this.#levels[level] as Uint8Array).subarray(index * hashBytes, (index + 1) * hashBytes)
  }

  #store(level: number, index: number, node: Uint8Array): void {
    const offset = index * hashBytes
    let stored = this.#levels[level] ?? new Uint8Array(hashBytes)
    if (offset + hashBytes > stored.length) {
      const grown = new Uint8Array(2 * stored.length)
      grown.set(stored)
      stored = grown
    }
    stored.set(node, offset)
    this.#levels[level] = stored
  }
}

/** The largest power of two below `count`, or 1 for a count of 1: where RFC 6962 divides a tree. */
function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

/** The level at which a complete subtree of `count` leaves (a power of two) has its root. */
function levelOf(count: number): number {
  let level = 0
  for (let width = 1; width < count; width *= 2) level++
  return level
}
