import type { Understood } from '@dujiang/chain'
import type { NotTaken } from '../service/ledger-node.ts'

/**
 * What puts acts in order and makes blocks of them. Everybody learns of a block from the keeper; an orderer says only
 * what will be in none.
 */
export interface Engine {
  /** Begins to make blocks. */
  start(): void
  /** Takes over an act whose signature holds, once for each id: it comes to be in a block, or in `onDropped`. */
  offer(act: Understood): void
  /** Milliseconds of the clock that the next block's time is taken from, never before the last block's. */
  nowMs(): number
  /** No block to come is of an earlier time: what has expired by then will be in none. */
  earliestMs(): number
  /** How much later than now the time of the block may be that an act taken in now comes to be in. */
  marginMs(): number
  /** Why no block is made for now, if none is; it may pass by itself. */
  stalled(): Stall | undefined
  /** How far the archive is behind the blocks, where the engine has one. */
  archive?(): ArchiveStand
  /** Is the ledger's disk an older copy, where the engine can tell? */
  olderCopy?(): OlderCopyStand | undefined
  /** Stops once what was offered is in blocks, where this node makes them; what has to wait longer is dropped as `stopping`. */
  stop(): Promise<void>
}

/** The disk with which this node was started had lost blocks, and what was promised since. */
export interface OlderCopyStand {
  /** Where its record ended when it was started. */
  readonly endedAtHeight: number
  /** About which height its keys had signed by then. */
  readonly signedHeight: number
}

/** Until a block is in the archive, the engine must keep it and all after it. */
export interface ArchiveStand {
  /** Blocks from the lowest that is still to be kept to the newest; about two while nothing is wrong. */
  readonly behind: number
  /** Why the last try failed, if it did. */
  readonly trouble?: string
}

export interface Stall {
  /** A sentence for whoever runs the node. */
  readonly reason: string
  /** What those are told who come with an act meanwhile; undefined when acts are taken in all the same. */
  readonly turnsAway?: 'clockLeapt' | 'catchingUp'
}

/** Who is told. None of them may throw. */
export interface EngineListener {
  /**
   * This act will be in no block; with `stopping`, it is no business of this node any more: between organisations the mempools of
   * others may have it, and one that was promised is offered again at the next start.
   */
  onDropped(id: string, answer: NotTaken): void
  /**
   * The engine has stopped for good. `uncertain` are the ids of a block that was being made durable: whether it was,
   * the next start will show.
   */
  onFailure(cause: unknown, uncertain: ReadonlySet<string>): void
}
