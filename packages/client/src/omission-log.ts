import { type Receipt, readReceiptProof, receiptBytes } from '@dujiang/chain'
import { type Frontier, type Hash, append, equalBytes, leafHash } from '@dujiang/core/crypto'

/** Receipts as the log has them, one after the other, up to one that is proved: then none is missing among them. */
export interface LogSpan {
  /** What the log held before the first of them. */
  readonly before: Frontier
  /** All but the last. */
  readonly receipts: readonly Receipt[]
  /** The proof file of the last. */
  readonly last: Uint8Array
}

/** As many receipts a file brings, and as much of them: of its 128 MiB the rest is for the proofs. Whoever judges one reads no more. */
export const LOG_RECEIPTS_MAX = 1_000_000
export const LOG_BYTES_MAX = 120 * 1024 * 1024

/** Are these the receipts of the log, none missing? The proof of the last has been found to hold. Rule OMIT-9. */
export function isOfLog(sha256: Hash, { before, receipts, last }: LogSpan): boolean {
  const proof = readReceiptProof(last)
  if (typeof proof === 'string' || before.peaks.length !== oneBits(before.size)) return false
  let log = before
  for (const receipt of receipts) log = append(sha256, log, leafHash(sha256, receiptBytes(receipt)))
  const { size, peaks } = logBefore(proof.receipt.index, proof.receipts.size, proof.path)
  return log.size === size && peaks.every((peak, at) => equalBytes(peak, log.peaks[at] as Uint8Array))
}

/**
 * The log before a receipt, out of its proof: whatever is to the left of its way to the root are the complete subtrees of what
 * came before it (TREE-4, TREE-6).
 */
export function logBefore(index: number, size: number, path: readonly Uint8Array[]): Frontier {
  const peaks: Uint8Array[] = []
  let node = index
  let last = size - 1
  for (const sibling of path) {
    if (node % 2 === 1 || node === last) {
      peaks.unshift(sibling)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    }
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return { size: index, peaks }
}

function oneBits(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
