import { type ReceiptProof, type SignedAct, signedAct } from '@dujiang/chain'
import { rootOf } from '@dujiang/core/crypto'
import type { Keeper } from './keeper.ts'

/** The proof of a receipt under the newest header; undefined when there is no such receipt or no header commits to it yet. */
export async function proveReceipt(keeper: Keeper, id: string): Promise<ReceiptProof | undefined> {
  const { ledger } = keeper
  // Held from before the wait: by then there may be a newer one, for which the rest of the proof would be wrong.
  const { head } = ledger
  const { trust } = keeper
  const stored = keeper.receipts.byId(id)
  if (stored === undefined || head === undefined || stored.receipt.index >= head.receipts.size) return undefined
  const { receipt, events } = stored
  const act = stored.position === undefined ? undefined : await actAt(keeper, receipt.height, stored.position)
  return {
    ...(act === undefined ? {} : { act }),
    chain: ledger.chain.id,
    commit: head.commit,
    events,
    header: head.header,
    path: ledger.receiptLog.inclusionProof(receipt.index, head.receipts.size),
    receipt,
    receipts: { root: rootOf(ledger.crypto.sha256, head.receipts), size: head.receipts.size },
    stateRoot: head.tree.root(),
    ...(trust.length === 0 ? {} : { trust }),
  }
}

async function actAt(keeper: Keeper, height: number, position: number): Promise<SignedAct> {
  const { app } = keeper.ledger
  const tx = (await keeper.txs(height))?.[position]
  const act = tx === undefined ? undefined : signedAct(app, keeper.ledger.view(), tx)
  if (act === undefined) throw new Error(`block ${height} has no act at ${position}, or its key is gone`)
  return act
}
