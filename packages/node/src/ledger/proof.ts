import {
  type Receipt,
  type ReceiptProof,
  type SignedAct,
  isInadmissible,
  readEnvelope,
  signedAct,
} from '@dujiang/chain'
import { rootOf } from '@dujiang/core/crypto'
import type { Keeper } from './keeper.ts'
import { eventsOf } from './receipt-record.ts'

/** The proof of a receipt under the newest header; undefined when there is no such receipt or no header commits to it yet. */
export async function proveReceipt(keeper: Keeper, id: string): Promise<ReceiptProof | undefined> {
  const { ledger } = keeper
  // Held from before the wait: by then there may be a newer one, for which the rest of the proof would be wrong.
  const { head } = ledger
  const { trust } = keeper
  const stored = await keeper.receipts.byId(id)
  if (stored === undefined || head === undefined || stored.receipt.index >= head.receipts.size) return undefined
  const { receipt } = stored
  const act = stored.position === undefined ? undefined : await actAt(keeper, receipt, stored.position)
  return {
    ...(act === undefined ? {} : { act }),
    chain: ledger.chain.id,
    commit: head.commit,
    events: eventsOf(stored),
    header: head.header,
    path: await keeper.receipts.inclusionProof(receipt.index, head.receipts.size),
    receipt,
    receipts: { root: rootOf(ledger.crypto.sha256, head.receipts), size: head.receipts.size },
    stateRoot: head.tree.root(),
    ...(trust.length === 0 ? {} : { trust }),
  }
}

async function actAt(keeper: Keeper, { id, height }: Receipt, position: number): Promise<SignedAct> {
  const { app } = keeper.ledger
  const tx = (await keeper.txs(height))?.[position]
  // The place is in no hash: what shows that it is right is the act.
  const envelope = tx === undefined ? undefined : readEnvelope(keeper.ledger.crypto.sha256, tx)
  const isIt = envelope !== undefined && !isInadmissible(envelope) && envelope.id === id
  const act = tx === undefined || !isIt ? undefined : signedAct(app, keeper.ledger.view(), tx)
  if (act === undefined) throw new Error(`block ${height} has not act ${id} at ${position}, or its key is gone`)
  return act
}
