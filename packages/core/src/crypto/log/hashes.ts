import type { Hash } from '../provider.ts'

/** Bytes of every hash in a tree. */
export const hashBytes = 32

const leafPrefix = 0x00
const nodePrefix = 0x01

// One buffer for all inner nodes: an array of 65 bytes per node costs more than hashing it. A `Hash` keeps no hold of its
// input, so the next node may overwrite it.
const nodeInput = new Uint8Array(1 + 2 * hashBytes)

// And one for short leaves, such as receipts.
const leafInput = new Uint8Array(4_096)

/** The hash of one leaf: H(0x00 ‖ bytes). Rule TREE-1. */
export function leafHash(hash: Hash, bytes: Uint8Array): Uint8Array {
  const length = 1 + bytes.length
  const input = length <= leafInput.length ? leafInput.subarray(0, length) : new Uint8Array(length)
  input[0] = leafPrefix
  input.set(bytes, 1)
  return hash(input)
}

/** The hash of an inner node: H(0x01 ‖ left ‖ right). Rule TREE-1. In a tree both sides are 32 bytes. */
export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array): Uint8Array {
  const length = 1 + left.length + right.length
  const input = length === nodeInput.length ? nodeInput : new Uint8Array(length)
  input[0] = nodePrefix
  input.set(left, 1)
  input.set(right, 1 + left.length)
  return hash(input)
}

/** The root of a log without leaves: H(''). Rule TREE-2. */
export function emptyLogRoot(hash: Hash): Uint8Array {
  return hash(new Uint8Array(0))
}
