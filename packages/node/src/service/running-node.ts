import {
  type Admission,
  type CommittedView,
  type LightBlock,
  type ReceiptProof,
  type SealedBlock,
  type StateProof,
  type Tried,
  type Wanted,
  proveState,
  tryOut,
  tryOutSigned,
} from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import type { Engine } from '../engine/index.ts'
import type { Intake, Promises, Room } from '../intake/index.ts'
import { type Keeper, proveReceipt } from '../ledger/index.ts'
import type { Disk } from '../seams/index.ts'
import type { IntakeLog, Journal } from '../store/index.ts'
import type { Verifier } from '../verify/index.ts'
import { copyNode } from './backup.ts'
import { inTurns } from './in-turns.ts'
import type { LightBlocks } from './light-blocks.ts'
import type { IntakeReceipt, LedgerNode, NodeStatus, NotTaken, Outcome, Stored } from './ledger-node.ts'

export interface NodeParts {
  readonly disk: Disk
  readonly journal: Journal
  readonly log: IntakeLog
  readonly keeper: Keeper
  readonly engine: Engine
  readonly verifier: Verifier
  readonly room: Room
  readonly intake: Intake
  readonly promises: Promises
  readonly lightBlocks: LightBlocks
  /** What else the engine has opened. */
  readonly others: readonly { close(): unknown }[]
}

/** A ledger node put together: answers what its parts know. */
export class RunningNode implements LedgerNode {
  readonly chain: string
  readonly genesisBytes: Uint8Array
  readonly #parts: NodeParts
  readonly #uncertain = new Set<string>()
  #failure: Error | undefined
  #stopping: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(parts: NodeParts) {
    this.#parts = parts
    const { founded } = parts.keeper.ledger
    this.chain = founded.chain
    this.genesisBytes = founded.bytes
  }

  status(): NodeStatus {
    const { keeper, room, engine } = this.#parts
    const stalled = engine.stalled()
    const archive = engine.archive?.()
    const olderCopy = engine.olderCopy?.()
    const { height, timeMs, appHash } = keeper.ledger.tip
    return {
      height,
      timeMs,
      appHash: toHex(appHash),
      receipts: keeper.receipts.size,
      firstReceipt: keeper.receipts.firstIndex,
      provable: keeper.ledger.head?.receipts.size ?? 0,
      pending: room.acts,
      ...(this.#failure === undefined ? {} : { failure: this.#failure.message }),
      ...(archive === undefined ? {} : { archive }),
      ...(olderCopy === undefined ? {} : { olderCopy }),
      ...(stalled === undefined ? {} : { stalled: stalled.reason }),
    }
  }

  view(): CommittedView {
    return this.#parts.keeper.ledger.view()
  }

  submit(bytes: Uint8Array, from?: string): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      const answer = (outcome: Outcome | Error) => (outcome instanceof Error ? reject(outcome) : resolve(outcome))
      this.#parts.intake.take(bytes, { answer, from })
    })
  }

  submitMany(list: readonly Uint8Array[], from?: string): Promise<readonly Outcome[]> {
    return inTurns(list, (bytes, answer) => this.#parts.intake.take(bytes, { answer, from }))
  }

  tryOut(act: Uint8Array | Wanted): Tried | Admission {
    const { keeper, engine } = this.#parts
    const { ledger } = keeper
    // Between processes block time is behind the clock: what has opened by the clock may not have for the next block.
    const timeMs = Math.max(engine.earliestMs(), ledger.tip.timeMs + 1)
    return act instanceof Uint8Array ? tryOutSigned(ledger, act, timeMs) : tryOut(ledger, act, timeMs)
  }

  accept(bytes: Uint8Array, from?: string): Promise<IntakeReceipt | NotTaken> {
    return this.#parts.promises.accept(this.#parts.intake, bytes, from)
  }

  acceptMany(list: readonly Uint8Array[], from?: string): Promise<readonly (IntakeReceipt | NotTaken)[]> {
    return inTurns(list, (bytes, answer) => void this.accept(bytes, from).then(answer, answer))
  }

  receipt(id: string): Promise<Stored | undefined> {
    return this.#parts.keeper.receipts.byId(id)
  }

  receiptAt(index: number): Promise<Stored | undefined> {
    return this.#parts.keeper.receipts.at(index)
  }

  receipts(from: number, to: number): Promise<readonly Stored[]> {
    return this.#parts.keeper.receipts.range(from, to)
  }

  receiptsOf(height: number): Promise<readonly Stored[]> {
    return this.#parts.keeper.receipts.ofBlock(height)
  }

  prove(id: string): Promise<ReceiptProof | undefined> {
    return proveReceipt(this.#parts.keeper, id)
  }

  proveState(key: string): StateProof | undefined {
    const { ledger, trust } = this.#parts.keeper
    const proof = proveState(ledger, key)
    return proof === undefined || trust.length === 0 ? proof : { ...proof, trust }
  }

  executedIds(minute: number): readonly string[] {
    return this.#parts.keeper.ledger.state.seen.of(minute)
  }

  block(height: number): Promise<SealedBlock | undefined> {
    return this.#parts.keeper.block(height)
  }

  txs(height: number): Promise<readonly Uint8Array[] | undefined> {
    return this.#parts.keeper.txs(height)
  }

  lightBlock(height?: number): Promise<LightBlock | undefined> {
    return this.#parts.lightBlocks(height)
  }

  onCommit(listener: (height: number) => void): () => void {
    return this.#parts.keeper.onCommit(({ height }) => listener(height))
  }

  onProvable(listener: () => void): () => void {
    return this.#parts.keeper.onHead(listener)
  }

  backup(dir: string): Promise<{ readonly height: number }> {
    return copyNode(this.#parts, this.genesisBytes, dir)
  }

  /** Takes no more part in anything; what was committed stays readable. `uncertain`: ids of which nobody knows. */
  fail(cause: unknown, uncertain: ReadonlySet<string>): void {
    const failure = cause instanceof Error ? cause : new Error(String(cause))
    this.#failure ??= failure
    for (const id of uncertain) this.#uncertain.add(id)
    this.#parts.intake.stop()
    // The engine may be the part that goes on: what it still brings into a block is answered as such.
    void this.#parts.engine.stop().then(() => this.#parts.intake.abandon(failure, this.#uncertain))
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #stop(): Promise<void> {
    const { intake, engine } = this.#parts
    intake.stop()
    await engine.stop()
    intake.abandon(new Error('the node has been stopped'), this.#uncertain)
  }

  async #close(): Promise<void> {
    await this.stop()
    const { verifier, log, journal, others } = this.#parts
    const closed = await Promise.allSettled([verifier, log, journal, ...others].map((part) => part.close()))
    for (const each of closed) if (each.status === 'rejected') throw each.reason
  }
}
