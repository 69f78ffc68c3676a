import { type CryptoProvider, fromHex } from '@dujiang/core/crypto'
import type { Understood } from '../admission.ts'
import type { Application } from '../application.ts'
import { chainIdOf, verifyCommit } from '../comet/index.ts'
import { Ledger } from './ledger.ts'
import { readSealedBlock } from './sealed-block.ts'
import type { TrustedKey } from './receipt-proof.ts'
import { genesisValidators } from './tip.ts'

/** Re-executes a chain from its genesis file, block by block, with no node. The first thing that does not hold ends it. */
export class Audit {
  readonly ledger: Ledger

  constructor(app: Application, crypto: CryptoProvider, genesisBytes: Uint8Array) {
    this.ledger = new Ledger(app, crypto, genesisBytes)
  }

  /** The height the next block must have. */
  get nextHeight(): number {
    return this.ledger.tip.height + 1
  }

  /**
   * Checks and executes the next block: its form, its place after the block before, every signature of its acts, every
   * decision and the signatures of its validators. Rule AUDIT-1. Gives why it does not hold, or undefined.
   */
  next(line: Uint8Array, understood?: readonly (Understood | undefined)[]): string | undefined {
    const sealed = readSealedBlock(line)
    if (typeof sealed === 'string') return sealed
    const { header, txs, commit } = sealed
    if (header.height !== this.nextHeight) return `header.height is ${header.height}`
    const { ledger } = this
    const block = { header, txs, lastCommit: ledger.tip.commit }
    const decided = ledger.replay({ block, commit }, understood)
    if (typeof decided === 'string') return decided
    const { hash } = decided.blockId
    const chainId = chainIdOf(fromHex(ledger.founded.chain))
    const fault = verifyCommit(ledger.crypto, chainId, genesisValidators(ledger.founded), hash, header.height, commit)
    if (fault !== undefined) return `commit: ${typeof fault === 'string' ? fault : fault.reason}`
    if (commit.blockId.parts.total !== decided.blockId.parts.total) return 'commit.blockId.parts.total differs'
    ledger.commit(decided, commit)
    return undefined
  }

  /** Whose signatures the answer rests on. */
  get trusts(): readonly TrustedKey[] {
    return this.ledger.founded.genesis.validators.map(({ name, org, key, power }) => ({ name, org, key, power }))
  }
}
