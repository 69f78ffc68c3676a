import { BLOCK_BYTES_MAX } from '@dujiang/chain'
import { type ReceiptLimits, receiptLimits } from '../ledger/index.ts'

export interface NodeLimits extends ReceiptLimits {
  /** Transactions taken in and not settled. */
  readonly queueActsMax: number
  readonly queueBytesMax: number
  readonly blockActsMax: number
  /** Bytes of the transactions of one block; its header and commit take the rest of `BLOCK_BYTES_MAX`. */
  readonly blockBytesMax: number
  /** How long a changed app hash waits for acts to come along before an empty block makes it provable. */
  readonly proofDelayMs: number
  /** What an intake receipt promises, in seconds of block time. */
  readonly withinSeconds: number
}

export const nodeLimits: NodeLimits = {
  queueActsMax: 20_000,
  queueBytesMax: 64 * 1024 * 1024,
  blockActsMax: 1_000,
  blockBytesMax: BLOCK_BYTES_MAX - 64 * 1024,
  proofDelayMs: 20,
  withinSeconds: 120,
  ...receiptLimits,
}
