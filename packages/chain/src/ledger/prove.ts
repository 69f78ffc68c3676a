import { rootOf, verifyMapProof } from '@dujiang/core/crypto'
import { keyHashOf, valueHashOf } from '../state/state.ts'
import type { Ledger } from './ledger.ts'
import type { StateProof } from './state-proof.ts'

/**
 * The proof of what the committed state says at `key`, value or absence, under the newest header. Undefined before the
 * first block, and while the newest block is the one that changed the row: the header above it will commit to it. Rule PROVE-1.
 */
export function proveState(ledger: Ledger, key: string): StateProof | undefined {
  const { crypto, head, state } = ledger
  if (head === undefined) return undefined
  const { sha256 } = crypto
  const value = state.values.get(key)
  const keyHash = keyHashOf(sha256, key)
  const path = head.tree.prove(keyHash)
  if (!verifyMapProof(sha256, head.tree.head(), keyHash, valueHashOf(sha256, value), path)) return undefined
  return {
    chain: ledger.chain.id,
    commit: head.commit,
    header: head.header,
    key,
    ...(value === undefined ? {} : { value }),
    path,
    receipts: { root: rootOf(sha256, head.receipts), size: head.receipts.size },
    state: head.tree.head(),
  }
}
