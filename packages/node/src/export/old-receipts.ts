import {
  type Audit,
  type Founded,
  type Receipt,
  headerFromJson,
  headerHash,
  receiptBytes,
  verifyReceipt,
} from '@dujiang/chain'
import { type CryptoProvider, equalBytes, leafHash, verifyInclusion } from '@dujiang/core/crypto'

/** A receipt somebody kept, good by itself: what the audited chain must agree with. Rule EXA-4. */
export interface OldReceipt {
  readonly receipt: Receipt
  readonly headerHeight: number
  readonly headerHash: Uint8Array
}

/** Reads a receipt file; a string says why it is no receipt of the chain with this genesis file. */
export function readOldReceipt(crypto: CryptoProvider, founded: Founded, file: Uint8Array): OldReceipt | string {
  const verified = verifyReceipt(crypto, founded, file)
  if (!verified.ok) return `${verified.step}: ${verified.reason}`
  const { header } = JSON.parse(new TextDecoder().decode(file)) as { readonly header: unknown }
  const parsed = headerFromJson(header)
  if (!parsed.ok) return `/header${parsed.fault.path}`
  const hash = headerHash(crypto.sha256, parsed.value)
  return { receipt: verified.receipt, headerHeight: parsed.value.height, headerHash: hash }
}

/** What the receipt says against the chain at the block just audited; undefined when it says nothing against it. */
export function contradiction({ ledger }: Audit, old: OldReceipt): string | undefined {
  const { crypto, tip, receiptLog } = ledger
  const { receipt, headerHeight } = old
  if (tip.height === headerHeight && !equalBytes(tip.blockId.hash, old.headerHash)) {
    return `an old receipt of act ${receipt.id} was signed under another block ${headerHeight}`
  }
  if (tip.height !== receipt.height) return undefined
  const { index } = receipt
  const { size } = receiptLog
  const leaf = leafHash(crypto.sha256, receiptBytes(receipt))
  const stands =
    index < size &&
    verifyInclusion(crypto.sha256, leaf, index, size, receiptLog.inclusionProof(index, size), receiptLog.rootAt(size))
  return stands ? undefined : `an old receipt of act ${receipt.id} does not stand in this chain's log of receipts`
}
