import { type ReceiptProof, txToJson } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import type { LedgerKeeper } from './keeper.ts'

/** The proof of a receipt under the newest header; undefined when there is no such receipt or no header commits to it yet. */
export async function proveReceipt(keeper: LedgerKeeper, id: string): Promise<ReceiptProof | undefined> {
  const { ledger, head } = keeper
  const stored = keeper.receipts.byId(id)
  if (stored === undefined || head === undefined || stored.receipt.index >= head.receipts) return undefined
  const { receipt, events } = stored
  const act = stored.position === undefined ? undefined : await actAt(keeper, receipt.height, stored.position)
  return {
    ...(act === undefined ? {} : { act }),
    chain: ledger.chain.id,
    commit: head.commit,
    events,
    header: head.header,
    path: ledger.receiptLog.inclusionProof(receipt.index, head.receipts),
    receipt,
    receipts: { root: ledger.receiptLog.rootAt(head.receipts), size: head.receipts },
    stateRoot: head.stateRoot,
  }
}

async function actAt(keeper: LedgerKeeper, height: number, position: number): Promise<Json> {
  const tx = (await keeper.block(height))?.txs[position]
  if (tx === undefined) throw new Error(`block ${height} has no transaction ${position}`)
  return txToJson(tx)
}
