import type { Executed, Ledger, LightBlock, SealedBlock, Understood } from '@dujiang/chain'
import type { Stored } from '../service/ledger-node.ts'
import type { Receipts } from './receipts.ts'

export interface NewBlock {
  readonly height: number
  /** What it recorded, in the order of the log. */
  readonly stored: readonly Stored[]
}

/**
 * The ledger as far as it is durable, with its receipts: what those ask who read, whatever engine makes the blocks. Rules
 * KEEP-1 to KEEP-5 of SPEC.md in `engine`.
 */
export abstract class Keeper {
  readonly ledger: Ledger
  readonly receipts: Receipts
  /** The way from the validators of the genesis file to those who signed the newest header; empty while they are the same. */
  trust: readonly LightBlock[] = []
  readonly #listeners = new Set<(block: NewBlock) => void>()
  readonly #headListeners = new Set<() => void>()

  /** @param ledger as it stands before the first block that this node executes */
  protected constructor(ledger: Ledger, receipts: Receipts) {
    this.ledger = ledger
    this.receipts = receipts
  }

  /** The block of this height, from memory or from disk; undefined when there is none, or it is not kept. */
  abstract block(height: number): Promise<SealedBlock | undefined>

  /** The transactions of a block that recorded something. */
  abstract txs(height: number): Promise<readonly Uint8Array[] | undefined>

  /** Called after each commit, before anything else happens; it must not throw. Returns a function that ends it. */
  onCommit(listener: (block: NewBlock) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Called when a newer header has become known, and with it more is provable; it must not throw. */
  onHead(listener: () => void): () => void {
    this.#headListeners.add(listener)
    return () => this.#headListeners.delete(listener)
  }

  headMoved(): void {
    for (const listener of this.#headListeners) listener()
  }

  /** Remembers what a block recorded, after the ledger has taken it in. */
  protected remember(executed: Executed, understood: readonly (Understood | undefined)[]): readonly Stored[] {
    const positions = new Map<string, number>()
    understood.forEach((act, position) => act !== undefined && positions.set(act.envelope.id, position))
    return this.receipts.add(executed.height, executed.recorded, positions)
  }

  protected announce(block: NewBlock): void {
    for (const listener of this.#listeners) listener(block)
  }
}
