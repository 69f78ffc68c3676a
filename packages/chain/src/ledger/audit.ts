import { type CryptoProvider, leafHash, verifyInclusion } from '@dujiang/core/crypto'
import type { Understood } from '../admission.ts'
import type { Application } from '../application.ts'
import { Defect } from '../defect.ts'
import { type Receipt, receiptBytes } from '../receipt.ts'
import { type TrustedKey, trustedKeys } from './header-proof.ts'
import { Ledger } from './ledger.ts'
import { readSealedBlock } from './sealed-block.ts'

/** Re-executes a chain from its genesis file, block by block, with no node. The first thing that does not hold ends it. */
export class Audit {
  readonly ledger: Ledger

  /** @param predecessor the ledger it follows, audited to its end */
  constructor(app: Application, crypto: CryptoProvider, genesisBytes: Uint8Array, predecessor?: Ledger) {
    this.ledger = new Ledger(app, crypto, genesisBytes, predecessor)
  }

  /** The height the next block has, unless blocks without effect are left out. */
  get nextHeight(): number {
    return this.ledger.tip.height + 1
  }

  /**
   * Checks and executes the next block: its form, its place after the block before, the signatures of its validators,
   * every signature of its acts and every decision. Rule AUDIT-1. Gives why it does not hold, or undefined.
   */
  next(line: Uint8Array, understood?: readonly (Understood | undefined)[]): string | undefined {
    const sealed = readSealedBlock(line)
    if (typeof sealed === 'string') return sealed
    try {
      const decided = this.ledger.replay(sealed, understood)
      if (typeof decided === 'string') return decided
      this.ledger.commit(decided, sealed.commit)
      return undefined
    } catch (error) {
      // A block that no honest node could have executed is a finding about the chain, not a fault of the auditor.
      if (error instanceof Defect) return error.message
      throw error
    }
  }

  /**
   * Does the chain audited so far hold this receipt at its place in the log? Those who sign blocks could sign a whole
   * history anew; one receipt kept from before then exposes it. Rule AUDIT-2.
   */
  holds(receipt: Receipt): boolean {
    const { crypto, receiptLog } = this.ledger
    const { size } = receiptLog
    if (receipt.index >= size) return false
    const leaf = leafHash(crypto.sha256, receiptBytes(receipt))
    const path = receiptLog.inclusionProof(receipt.index, size)
    return verifyInclusion(crypto.sha256, leaf, receipt.index, size, path, receiptLog.rootAt(size))
  }

  /** Whose signatures the answer rests on. */
  get trusts(): readonly TrustedKey[] {
    return trustedKeys(this.ledger.founded)
  }
}
