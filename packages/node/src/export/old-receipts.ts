import {
  type Audit,
  type Founded,
  type Ledger,
  type Receipt,
  headerFromJson,
  headerHash,
  receiptBytes,
  verifyReceipt,
} from '@dujiang/chain'
import { type CryptoProvider, equalBytes, leafHash, verifyInclusion } from '@dujiang/core/crypto'

/** A receipt somebody kept, good by itself: what the audited chain must contain. Rule EXA-4. */
interface OldReceipt {
  readonly name: string
  readonly receipt: Receipt
  readonly headerHeight: number
  readonly headerHash: Uint8Array
}

/** Receipts kept from earlier, held against a chain block by block. */
export class OldReceipts {
  /** How many of them stand in the chain so far. */
  found = 0
  readonly #kept: readonly OldReceipt[]
  /** Height of the block audited before. */
  #lookedAt = 0

  constructor(kept: readonly OldReceipt[]) {
    this.#kept = kept
  }

  /** What one of them says against the chain at the block just audited; undefined when none says anything against it. */
  contradiction({ ledger }: Audit): string | undefined {
    for (const old of this.#kept) {
      const against = contradiction(ledger, old)
      if (against !== undefined) return against
      if (lastHeightOf(old) > this.#lookedAt && lastHeightOf(old) <= ledger.tip.height) this.found += 1
    }
    this.#lookedAt = ledger.tip.height
    return undefined
  }

  /** The first that a chain of this height is too short to contain, and why. */
  beyond(height: number): { readonly file: string; readonly offset: number; readonly reason: string } | undefined {
    const old = this.#kept.find((each) => lastHeightOf(each) > height)
    if (old === undefined) return undefined
    const reason = `the chain ends at block ${height}, before block ${lastHeightOf(old)} of this receipt`
    return { file: old.name, offset: 0, reason }
  }
}

/** Reads a receipt file; a string says why it is no receipt of the chain with this genesis file. */
export function readOldReceipt(
  crypto: CryptoProvider,
  founded: Founded,
  name: string,
  file: Uint8Array,
): OldReceipt | string {
  const verified = verifyReceipt(crypto, founded, file)
  if (!verified.ok) return `${verified.step}: ${verified.reason}`
  const { header } = JSON.parse(new TextDecoder().decode(file)) as { readonly header: unknown }
  const parsed = headerFromJson(header)
  if (!parsed.ok) return `/header${parsed.fault.path}`
  const hash = headerHash(crypto.sha256, parsed.value)
  return { name, receipt: verified.receipt, headerHeight: parsed.value.height, headerHash: hash }
}

/** The first header that can commit to it. */
const lastHeightOf = ({ receipt }: OldReceipt): number => receipt.height + 1

function contradiction({ crypto, tip, receiptLog }: Ledger, old: OldReceipt): string | undefined {
  const { receipt, headerHeight } = old
  const signed = tip.height === headerHeight ? tip.seal?.blockId.hash : undefined
  if (signed !== undefined && !equalBytes(signed, old.headerHash)) {
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
