import { BLOCKS_KEPT_MAX, EVIDENCE_BLOCKS, EVIDENCE_MS } from '../engine/comet/kept-blocks.ts'

/**
 * Whether the engine of a node that has executed a whole ledger still keeps its first block for others, when the ledger is of
 * this many blocks and this old. Rule CMT-14.
 * @example keepsFirstBlock(500_000, 7 * 86_400_000) // false
 */
export function keepsFirstBlock(blocks: number, ageMs: number): boolean {
  return blocks <= BLOCKS_KEPT_MAX && (blocks <= EVIDENCE_BLOCKS || ageMs <= EVIDENCE_MS)
}
