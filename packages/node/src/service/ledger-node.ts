import type {
  Admission,
  CommittedView,
  LightBlock,
  Receipt,
  ReceiptProof,
  SealedBlock,
  StateProof,
  Tried,
  Wanted,
} from '@dujiang/chain'
import type { ArchiveStand, OlderCopyStand } from '../engine/engine.ts'

/**
 * A running ledger as its doors see it, whatever orders its blocks. Words mean the same everywhere: *accepted* is in the
 * intake log, *committed* is in a durable block, *provable* has the next header above it.
 */
export interface LedgerNode {
  readonly chain: string
  readonly genesisBytes: Uint8Array
  status(): NodeStatus
  /** The committed state; block time is the last block's. */
  view(): CommittedView
  /**
   * Takes in one transaction. Resolves when it is committed, or when it is clear that it will not be.
   * @param from where it comes from, such as an address: a source of false signatures gets few places (IN-4)
   */
  submit(bytes: Uint8Array, from?: string): Promise<Outcome>
  /** The same for many at once, one answer each in the same order. */
  submitMany(list: readonly Uint8Array[], from?: string): Promise<readonly Outcome[]>
  /**
   * What would be decided about an act, signed bytes or one that nobody has signed, in a block of the earliest time that one can have
   * now; nothing changes. Rules API-24, TRY-1.
   */
  tryOut(act: Uint8Array | Wanted): Tried | Admission
  /** Takes in one transaction into the fsynced intake log and signs for it, without waiting for its block. */
  accept(bytes: Uint8Array, from?: string): Promise<IntakeReceipt | NotTaken>
  /** The same for many at once, one answer each in the same order. */
  acceptMany(list: readonly Uint8Array[], from?: string): Promise<readonly (IntakeReceipt | NotTaken)[]>
  /** What the ledger decided about this id, if it has. Resolves from disk where needed, as do all that give receipts. */
  receipt(id: string): Promise<Stored | undefined>
  receiptAt(index: number): Promise<Stored | undefined>
  /** Those from `from` to `to` (not included), as far as there are any and this node holds them. */
  receipts(from: number, to: number): Promise<readonly Stored[]>
  /** What the block of this height recorded, in the order of the log. */
  receiptsOf(height: number): Promise<readonly Stored[]>
  /** The proof of a receipt; undefined until it is provable. Resolves from disk where needed. */
  prove(id: string): Promise<ReceiptProof | undefined>
  /** The proof of what the state says at `key`, value or absence; undefined until it is provable. */
  proveState(key: string): StateProof | undefined
  /** Ids of executed acts that expire in this minute, counted from 1970, in the order of execution; none once that is over. */
  executedIds(minute: number): readonly string[]
  block(height: number): Promise<SealedBlock | undefined>
  /** The transactions of a block that recorded something, as soon as it is committed; undefined where this node does not hold them. */
  txs(height: number): Promise<readonly Uint8Array[] | undefined>
  /** The header of this height, or the nearest kept below; the newest known when not given. With its signatures and the validators that gave them. */
  lightBlock(height?: number): Promise<LightBlock | undefined>
  /** Called after each commit with its height; returns a function that ends it. */
  onCommit(listener: (height: number) => void): () => void
  /** Called when more has become provable; returns a function that ends it. */
  onProvable(listener: () => void): () => void
  /** A consistent copy of all that is durable, while running. */
  backup(dir: string): Promise<{ readonly height: number }>
  /** Takes part no longer: takes in nothing more, and whoever waits for an outcome has one. What is committed stays readable. */
  stop(): Promise<void>
  /** Stops, and lets go of its files. */
  close(): Promise<void>
}

export interface NodeStatus {
  readonly height: number
  readonly timeMs: number
  readonly appHash: string
  /** Receipts in the log. */
  readonly receipts: number
  /** Index of the first that this node holds: 0, unless it joined by snapshot. */
  readonly firstReceipt: number
  /** Receipts below this index are provable. */
  readonly provable: number
  /** Transactions taken in and not yet in a block. */
  readonly pending: number
  /** Why the node has stopped taking part, if it has. */
  readonly failure?: string
  /** How far the archive is behind the blocks, in a network; while it does not move, the engine drops no old block. */
  readonly archive?: ArchiveStand
  /** The disk it was started with was an older copy: what it had promised since that is in no block must be sent again. */
  readonly olderCopy?: OlderCopyStand
  /** Why it makes no blocks and takes in no acts for now, if so: unlike a failure, it may pass. */
  readonly stalled?: string
}

/** A receipt with what belongs to it. */
export interface Stored {
  readonly receipt: Receipt
  /** Its canonical JSON, and that of its events: as they were hashed. */
  readonly receiptBytes: Uint8Array
  readonly eventsText: string
  /** Place of the transaction in its block; absent for what fell due. */
  readonly position?: number
}

export type Outcome = Committed | NotTaken

export interface Committed {
  readonly kind: 'committed'
  readonly stored: Stored
  /** The same act had been executed before: this is its first receipt. */
  readonly repeated: boolean
}

export type NotTaken =
  | { readonly kind: 'inadmissible'; readonly refusal: Admission; readonly id?: string }
  /**
   * The queue is full, the organisation's quota is used up, the node is stopping, or it does not believe its clock. Or it
   * cannot say that the act is in no block: it comes too late by the clock and not by block time; it has expired and may have
   * been executed before this node joined.
   */
  | {
      readonly kind: 'busy'
      readonly reason:
        | 'queueFull'
        | 'overQuota'
        | 'stopping'
        | 'clockLeapt'
        | 'catchingUp'
        | 'blockTimeBehind'
        | 'outcomeNotHeld'
      readonly retryAfterSeconds: number
      readonly id?: string
    }

/** What a node signs for before an act is in a block: a promise of this node, of nothing and nobody else. */
export interface IntakeReceipt {
  readonly kind: 'accepted'
  readonly id: string
  readonly chain: string
  /** The last height committed when it was taken in; of an act that had been executed, that of its block. */
  readonly height: number
  /** It was taken in so close to the last instant at which it counts (a gate) that it may not count (可能不计入). */
  readonly mayNotCount?: true
  /** It is in a block, or expired, at most this many seconds of block time later. */
  readonly withinSeconds: number
  /** The node's key and its Ed25519 signature over the canonical JSON of the other fields, after the tag `dujiang/intake/1\n`. */
  readonly node: string
  readonly signature: string
}
