import type { Hash } from '../provider.ts'
import { hashBytes, nodeHash } from './hashes.ts'

/** A group has 2^8 leaves. */
export const GROUP_LEVEL = 8
export const GROUP_LEAVES = 1 << GROUP_LEVEL

/** Where each level begins: 256 leaves, 128 nodes above them, and so on to the two below the root. */
const LEVEL_STARTS = Array.from({ length: GROUP_LEVEL }, (_, level) => 2 * (GROUP_LEAVES - (GROUP_LEAVES >>> level)))
const NODES = 2 * GROUP_LEAVES - 2

/** 256 leaves of a log and the nodes above them, without their root: 16 KB that can be made again from the leaves. */
export class LeafGroup {
  readonly #hash: Hash
  readonly #nodes = new Uint8Array(NODES * hashBytes)
  #size = 0

  constructor(hash: Hash) {
    this.#hash = hash
  }

  /** Adds a leaf, given by its hash; gives the root with the last one. */
  append(leaf: Uint8Array): Uint8Array | undefined {
    let index = this.#size
    let node = leaf
    this.#size++
    for (let level = 0; ; level++) {
      if (level === GROUP_LEVEL) return node
      this.#nodes.set(node, (LEVEL_STARTS[level]! + index) * hashBytes)
      if (index % 2 === 0) return undefined
      node = nodeHash(this.#hash, this.node(level, index - 1), this.node(level, index))
      index = (index - 1) / 2
    }
  }

  /** A view of the leaf hashes `from` to `to` (not included), by their place in the group. */
  leaves(from: number, to: number): Uint8Array {
    return this.#nodes.subarray(from * hashBytes, to * hashBytes)
  }

  /** A view of a node, by its place in its level. */
  node(level: number, index: number): Uint8Array {
    const offset = (LEVEL_STARTS[level]! + index) * hashBytes
    return this.#nodes.subarray(offset, offset + hashBytes)
  }
}
