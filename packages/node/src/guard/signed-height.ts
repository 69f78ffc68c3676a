import { closeSync, constants, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { snapshotJournal } from '../export/journal-snapshot.ts'
import type { LedgerNode } from '../service/ledger-node.ts'

const DIGITS = 16
const FORM = /^\d{16}\n$/

/** The ledger ends below a block that its key has signed already. Rule GRD-2. */
export class SignedBeyond extends Error {
  readonly signedHeight: number
  readonly ledgerHeight: number

  constructor(signedHeight: number, ledgerHeight: number) {
    super(`block ${signedHeight} is signed already, and the ledger ends at block ${ledgerHeight}`)
    this.name = 'SignedBeyond'
    this.signedHeight = signedHeight
    this.ledgerHeight = ledgerHeight
  }
}

/**
 * Remembers beside a validator's key how far it has signed, so that no ledger put back from an older copy makes it sign a
 * second history. Rules GRD-1 to GRD-3.
 * @example
 * const signed = SignedHeight.beside('keys/validator.json', chain)
 * await signed.allow('data')
 * signed.follow(await openLedgerNode(options))
 */
export class SignedHeight {
  readonly path: string
  readonly #file: number
  #height: number

  private constructor(path: string, file: number, height: number) {
    this.path = path
    this.#file = file
    this.#height = height
  }

  /** Opens the record of a key file for one chain, or starts it. Throws when it can be neither read nor written, or is no record. */
  static beside(keyPath: string, chain: string): SignedHeight {
    const path = `${keyPath}.${chain.slice(0, 16)}.signed`
    const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600)
    const bytes = Buffer.alloc(DIGITS + 2)
    const text = bytes.toString('latin1', 0, readSync(file, bytes, 0, bytes.length, 0))
    if (text !== '' && !FORM.test(text)) {
      closeSync(file)
      throw new Error(`${path} is damaged: it must hold the height signed last`)
    }
    return new SignedHeight(path, file, Number(text))
  }

  /**
   * Throws {@link SignedBeyond} when the ledger in `dataDir` ends below the record, unless the operator gives up the blocks
   * above it by naming the record's height.
   */
  async allow(dataDir: string, givenUpHeight?: number): Promise<void> {
    // Asked after the record was read: a node that is running meanwhile only makes it higher.
    const { lastIndex } = await snapshotJournal(`${dataDir}/journal`)
    if (lastIndex >= this.#height) return
    if (givenUpHeight !== this.#height) throw new SignedBeyond(this.#height, lastIndex)
    this.#write(lastIndex)
  }

  /** Records what a node makes public from now on. */
  follow(node: LedgerNode): void {
    this.#write(node.status().height)
    node.onCommit((height) => this.#write(height))
  }

  /** Call it when the node is closed. */
  close(): void {
    fsyncSync(this.#file)
    closeSync(this.#file)
  }

  #write(height: number): void {
    // As long as what it replaces: whoever reads sees the one or the other.
    writeSync(this.#file, `${String(height).padStart(DIGITS, '0')}\n`, 0, 'latin1')
    this.#height = height
  }
}
