import { equalBytes } from '../bytes.ts'
import type { Hash } from '../provider.ts'
import type { Frontier } from './frontier.ts'
import { HashList } from './hash-list.ts'
import { emptyLogRoot, hashBytes, nodeHash } from './hashes.ts'
import { GROUP_LEAVES, GROUP_LEVEL, LeafGroup } from './leaf-group.ts'

/** Groups of leaves that a log has forgotten, by their number: what it is reminded of for one answer. Rule TREE-13. */
export type Reminded = ReadonlyMap<number, LeafGroup>

const NOTHING: Reminded = new Map()

/**
 * A log that can prove: it keeps the root of every complete subtree (64 bytes a leaf), so a proof at any past size costs
 * about log2(size) steps. Grows in place; it is not state, only what answers questions about state. Of what is kept
 * elsewhere it may forget the leaves (then 64 bytes for 256 of them) and be reminded. Rule TREE-13.
 */
export class LogTree {
  readonly #hash: Hash
  /** The lower levels, by the number of the group; those below `#forgotten` are gone. */
  readonly #groups = new Map<number, LeafGroup>()
  /** `#upper[k]` holds, side by side, the roots of the complete subtrees of 2^(8 + k) leaves. */
  readonly #upper: HashList[] = []
  #forgotten = 0
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
    let index = groupOf(this.#size)
    const group = this.#groups.get(index) ?? this.#begin(index)
    let node = group.append(leaf)
    this.#size++
    for (let level = 0; node !== undefined; level++) {
      const list = (this.#upper[level] ??= new HashList())
      list.push(node)
      if (index % 2 === 0) return
      node = nodeHash(this.#hash, list.at(index - 1), list.at(index))
      index = (index - 1) / 2
    }
  }

  /** Drops the leaves before this place, group by group; the last group stays. */
  forgetBefore(index: number): void {
    const end = groupOf(Math.min(index, this.#size))
    for (; this.#forgotten < end; this.#forgotten++) this.#groups.delete(this.#forgotten)
  }

  /** The group of this leaf with all that an answer needs of it; undefined when it is forgotten. */
  group(index: number): LeafGroup | undefined {
    return this.#groups.get(groupOf(index))
  }

  /** Reads a forgotten group, given its leaf hashes side by side; undefined when they are not the log's. */
  remind(number: number, leaves: Uint8Array): LeafGroup | undefined {
    if (leaves.length !== GROUP_LEAVES * hashBytes || (number + 1) * GROUP_LEAVES > this.#size) return undefined
    const group = new LeafGroup(this.#hash)
    let root: Uint8Array | undefined
    for (let at = 0; at < leaves.length; at += hashBytes) root = group.append(leaves.subarray(at, at + hashBytes))
    return root !== undefined && equalBytes(root, this.#node(GROUP_LEVEL, number, NOTHING)) ? group : undefined
  }

  /** A view of the hash of one leaf. */
  leaf(index: number, reminded = NOTHING): Uint8Array {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.#size) throw new Error('LogTree: no such leaf')
    return this.#node(0, index, reminded)
  }

  /** Leaf hashes `from` to `to` (not included) side by side, in new memory. A range the log does not hold is a defect. */
  leaves(from: number, to: number, reminded = NOTHING): Uint8Array {
    if (!Number.isSafeInteger(from) || from < 0 || from > to) throw new Error('LogTree: no such range')
    if (!Number.isSafeInteger(to) || to > this.#size) throw new Error('LogTree: no such size')
    const leaves = new Uint8Array((to - from) * hashBytes)
    for (let at = from; at < to; ) {
      const number = groupOf(at)
      const end = Math.min(to, (number + 1) * GROUP_LEAVES)
      const start = number * GROUP_LEAVES
      leaves.set(this.#group(number, reminded).leaves(at - start, end - start), (at - from) * hashBytes)
      at = end
    }
    return leaves
  }

  /** All that is needed to go on appending elsewhere. Rule TREE-4. */
  frontier(): Frontier {
    const peaks: Uint8Array[] = []
    for (let rest = this.#size, level = 0; rest > 0; rest = Math.floor(rest / 2), level++) {
      if (rest % 2 === 1) peaks.push(new Uint8Array(this.#node(level, rest - 1, NOTHING)))
    }
    return { size: this.#size, peaks: peaks.reverse() }
  }

  /** The root of the first `size` leaves. `size` is at most the log's own; a larger one is a defect. */
  rootAt(size: number, reminded = NOTHING): Uint8Array {
    if (!Number.isSafeInteger(size) || size < 0 || size > this.#size) throw new Error('LogTree: no such size')
    return size === 0 ? emptyLogRoot(this.#hash) : this.#rangeRoot(0, size, reminded)
  }

  /**
   * The path that `verifyInclusion` accepts for leaf `index` in the log of `size` leaves. Asks for index < size <= the
   * log's own size; anything else is a defect. It may need the groups of `index` and of `size - 1`. Rule TREE-6.
   */
  inclusionProof(index: number, size: number, reminded = NOTHING): Uint8Array[] {
    if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new Error('LogTree: no such leaf')
    if (!Number.isSafeInteger(size) || size > this.#size) throw new Error('LogTree: no such size')
    const path: Uint8Array[] = []
    let start = 0
    let end = size
    while (end - start > 1) {
      const middle = start + splitOf(end - start)
      if (index < middle) {
        path.push(this.#rangeRoot(middle, end, reminded))
        end = middle
      } else {
        path.push(this.#rangeRoot(start, middle, reminded))
        start = middle
      }
    }
    return path.reverse()
  }

  /**
   * The path that `verifyConsistency` accepts between the log's heads at two sizes. Asks for 1 <= earlier <= later <=
   * the log's own size; anything else is a defect. It may need the groups of `earlier - 1`, `earlier` and `later - 1`. Rule TREE-7.
   */
  consistencyProof(earlier: number, later: number, reminded = NOTHING): Uint8Array[] {
    if (!Number.isSafeInteger(earlier) || earlier < 1 || earlier > later) throw new Error('LogTree: no such size')
    if (!Number.isSafeInteger(later) || later > this.#size) throw new Error('LogTree: no such size')
    const path: Uint8Array[] = []
    let start = 0
    let end = later
    while (earlier < end) {
      const middle = start + splitOf(end - start)
      if (earlier <= middle) {
        path.push(this.#rangeRoot(middle, end, reminded))
        end = middle
      } else {
        path.push(this.#rangeRoot(start, middle, reminded))
        start = middle
      }
    }
    // The verifier holds the earlier root: only when that is not itself a subtree must its last subtree be named.
    if (start > 0) path.push(this.#rangeRoot(start, end, reminded))
    return path.reverse()
  }

  /** The root of leaves start to end, where `start` is where RFC 6962 would begin such a subtree. */
  #rangeRoot(start: number, end: number, reminded: Reminded): Uint8Array {
    const count = end - start
    const split = splitOf(count)
    if (split * 2 === count || count === 1) {
      return new Uint8Array(this.#node(levelOf(count), start / count, reminded))
    }
    const left = this.#rangeRoot(start, start + split, reminded)
    return nodeHash(this.#hash, left, this.#rangeRoot(start + split, end, reminded))
  }

  /** A view of one stored hash. */
  #node(level: number, index: number, reminded: Reminded): Uint8Array {
    if (level >= GROUP_LEVEL) return (this.#upper[level - GROUP_LEVEL] as HashList).at(index)
    const width = GROUP_LEAVES >>> level
    return this.#group(Math.floor(index / width), reminded).node(level, index % width)
  }

  #group(number: number, reminded: Reminded): LeafGroup {
    const group = this.#groups.get(number) ?? reminded.get(number)
    if (group === undefined) throw new Error(`LogTree: group ${number} is forgotten`)
    return group
  }

  #begin(number: number): LeafGroup {
    const group = new LeafGroup(this.#hash)
    this.#groups.set(number, group)
    return group
  }
}

/** The number of the group that a leaf is in. */
export const groupOf = (index: number): number => Math.floor(index / GROUP_LEAVES)

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
