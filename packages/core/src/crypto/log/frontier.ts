import { fromHex, toHex } from '../hex.ts'
import type { Hash } from '../provider.ts'
import { emptyLogRoot, hashBytes, leafHash, nodeHash } from './hashes.ts'

/**
 * All of a log that is needed to go on appending: its size and the root of each complete subtree, largest (leftmost)
 * first. There are as many peaks as `size` has one bits. Rule TREE-4.
 */
export interface Frontier {
  readonly size: number
  readonly peaks: readonly Uint8Array[]
}

/** A frontier as it stands in committed state: each peak as 64 lower-case hexadecimal digits. */
export interface FrontierJson {
  readonly size: number
  readonly peaks: readonly string[]
}

/** The frontier of a log without leaves. */
export const emptyFrontier: Frontier = { size: 0, peaks: [] }

/**
 * The frontier after one more leaf, given by its hash; the old one stays valid. One hash on average, at most log2(size).
 * @example rootOf(hash, append(hash, emptyFrontier, leaf)) // the leaf itself: a log of one leaf has it as its root
 */
export function append(hash: Hash, frontier: Frontier, leaf: Uint8Array): Frontier {
  if (leaf.length !== hashBytes) throw new Error('append: a leaf hash is not 32 bytes')
  const peaks = frontier.peaks.slice()
  let carried = leaf
  for (let rest = frontier.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    const left = peaks.pop()
    if (left === undefined) throw new Error('append: fewer peaks than one bits in the size')
    carried = nodeHash(hash, left, carried)
  }
  peaks.push(carried)
  return { size: frontier.size + 1, peaks }
}

/** The RFC 6962 root of the log that the frontier stands for. Rules TREE-2 and TREE-3. */
export function rootOf(hash: Hash, frontier: Frontier): Uint8Array {
  const { peaks } = frontier
  let root = peaks[peaks.length - 1]
  if (root === undefined) return emptyLogRoot(hash)
  for (let i = peaks.length - 2; i >= 0; i--) root = nodeHash(hash, peaks[i] as Uint8Array, root)
  return root
}

/** The RFC 6962 root of a whole list of leaves, given as their bytes. Rules TREE-1 to TREE-3. */
export function merkleRoot(hash: Hash, leaves: readonly Uint8Array[]): Uint8Array {
  let frontier = emptyFrontier
  for (const bytes of leaves) frontier = append(hash, frontier, leafHash(hash, bytes))
  return rootOf(hash, frontier)
}

/** The form of a frontier that state holds. */
export function frontierToJson(frontier: Frontier): FrontierJson {
  return { size: frontier.size, peaks: frontier.peaks.map(toHex) }
}

/**
 * The frontier that state holds. State was written by `frontierToJson`: any other form (a size that is no safe integer,
 * a wrong number of peaks, a peak that is not 64 lower-case digits) is a defect and throws. Rule TREE-4.
 */
export function frontierFromJson(json: FrontierJson): Frontier {
  const { size } = json
  if (!Number.isSafeInteger(size) || size < 0) throw new Error('frontierFromJson: the size is no count')
  if (json.peaks.length !== oneBits(size)) throw new Error('frontierFromJson: peaks and size disagree')
  return { size, peaks: json.peaks.map(peakFromHex) }
}

function oneBits(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

function peakFromHex(text: string): Uint8Array {
  const peak = fromHex(text)
  if (peak?.length !== hashBytes) throw new Error('frontierFromJson: a peak is not 64 lower-case hexadecimal digits')
  return peak
}
