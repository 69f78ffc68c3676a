import {
  type Executed,
  type Ledger,
  type Misbehaviour,
  type Timestamp,
  type TxOutcome,
  type Understood,
  type Validator,
  Defect,
  isInadmissible,
  msFromTime,
} from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import type { CometKeeper } from './comet-keeper.ts'
import { type KnownActs, allJudged } from './known-acts.ts'
import type { Decision } from './record.ts'

/** A block the validators have decided on. */
export interface Decided {
  readonly height: number
  readonly time: Timestamp
  /** Hash of its header. */
  readonly hash: Uint8Array
  readonly proposer: Uint8Array
  readonly txs: readonly Uint8Array[]
  readonly misbehaviour: readonly Misbehaviour[]
}

/** What the engine is told of an executed block. */
export interface Outcome {
  readonly results: readonly TxOutcome[]
  readonly appHash: Uint8Array
  /** Validators whose power has changed; power 0 takes one out. */
  readonly changes: readonly Validator[]
}

/** Rejects when what this node began with does not lead to the block of this hash. Rule CMT-18. */
export type DemandTrue = (hash: Uint8Array) => Promise<void>

/** A block executed and not committed yet: a crash before then leaves nothing of it. */
interface Candidate {
  readonly executed: Executed
  readonly decision: Decision
  readonly understood: readonly (Understood | undefined)[]
}

/** The mempool asks about a transaction once more after its block. */
const FORGET_AFTER_BLOCKS = 2

/** Executes the decided blocks, and makes them part of the ledger when the engine says so. Rules CMT-7 and CMT-8. */
export class Blocks {
  readonly #keeper: CometKeeper
  readonly #ledger: Ledger
  readonly #known: KnownActs
  readonly #demandTrue: DemandTrue
  readonly #forget: (readonly Uint8Array[])[] = []
  #candidate: Candidate | undefined

  /** @param demandTrue asked, with its hash, about the first block that this node ever executes */
  constructor(keeper: CometKeeper, known: KnownActs, demandTrue: DemandTrue = () => Promise.resolve()) {
    this.#keeper = keeper
    this.#ledger = keeper.ledger
    this.#known = known
    this.#demandTrue = demandTrue
  }

  /** Executes the next block; whatever was executed before and not committed is dropped. */
  async execute(decided: Decided): Promise<Outcome> {
    const { height, time, misbehaviour } = decided
    const { tip } = this.#ledger
    if (height !== tip.height + 1) throw new Defect('CMT-7', `block ${height} is handed over after ${tip.height}`)
    this.#candidate = undefined
    if (height === this.#ledger.beginHeight + 1) await this.#demandTrue(decided.hash)
    const judged = await allJudged(decided.txs.map((tx) => this.#known.judgeNow(tx)))
    const understood = judged.map((each) => (isInadmissible(each) ? undefined : each))
    // What was handed over is a view of what a socket read; an act that is known has its bytes in memory of its own.
    const txs = decided.txs.map((tx, at) => understood[at]?.envelope.bytes ?? tx.slice())
    const executed = this.#ledger.execute({ timeMs: msFromTime(time), txs, misbehaviour, understood })
    const { appHash } = executed
    const decision: Decision = { ...decided, txs, previousTimeMs: tip.timeMs, appHash }
    this.#candidate = { executed, decision, understood }
    const changes = executed.validators === undefined ? [] : changesOf(tip.validators.afterNext, executed.validators)
    return { results: executed.results, appHash, changes }
  }

  /** Makes the executed block durable and part of the ledger. */
  async commit(): Promise<void> {
    const candidate = this.#candidate
    if (candidate === undefined) throw new Defect('CMT-8', 'there is no executed block to commit')
    await this.#keeper.persist(candidate.executed, candidate.decision, candidate.understood)
    this.#candidate = undefined
    this.#forget.push(candidate.decision.txs)
    if (this.#forget.length > FORGET_AFTER_BLOCKS) this.#known.forget(this.#forget.shift() ?? [])
  }
}

function changesOf(before: readonly Validator[], after: readonly Validator[]): readonly Validator[] {
  const powers = new Map(before.map(({ publicKey, power }) => [toHex(publicKey), power]))
  const changed = after.filter(({ publicKey, power }) => powers.get(toHex(publicKey)) !== power)
  const staying = new Set(after.map(({ publicKey }) => toHex(publicKey)))
  const gone = before.filter(({ publicKey }) => !staying.has(toHex(publicKey)))
  return [...changed, ...gone.map(({ publicKey }) => ({ publicKey, power: 0 }))]
}
