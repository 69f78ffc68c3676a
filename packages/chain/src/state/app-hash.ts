import { type AuthMap, type Frontier, type Hash, rootOf } from '@dujiang/core/crypto'
import { concat } from '../bytes.ts'

const TAG = new TextEncoder().encode('dujiang/app/1')

/**
 * One hash over the whole state (its tree counts its leaves) and over the log of receipts. It holds neither height nor
 * time, so a block that changes nothing leaves it unchanged. Rule STATE-2.
 */
export function appHashOf(sha256: Hash, tree: AuthMap, receipts: Frontier): Uint8Array {
  return appHashFrom(sha256, tree.root(), rootOf(sha256, receipts), receipts.size)
}

export function appHashFrom(
  sha256: Hash,
  stateRoot: Uint8Array,
  receiptsRoot: Uint8Array,
  receiptCount: number,
): Uint8Array {
  return sha256(concat(TAG, stateRoot, receiptsRoot, uint64(receiptCount)))
}

function uint64(n: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(n))
  return bytes
}
