import { signedOf } from '@dujiang/chain'
import { type Signer, fromHex } from '@dujiang/core/crypto'
import type { Engine } from '../engine/index.ts'
import type { Keeper, NewBlock } from '../ledger/index.ts'
import type { IntakeReceipt, NotTaken } from '../service/ledger-node.ts'
import type { IntakeLog } from '../store/index.ts'
import type { Intake } from './intake.ts'
import type { PendingAct } from './pending.ts'
import { signPromise } from './promise.ts'

/** Acts the node signs for before they are in a block, and sends again until they are. Rules IN-5 and IN-6. */
export class Promises {
  readonly #keeper: Keeper
  readonly #log: IntakeLog
  readonly #nodeKey: Signer
  readonly #withinSeconds: number
  readonly #engine: Pick<Engine, 'nowMs' | 'marginMs'>

  constructor(
    keeper: Keeper,
    log: IntakeLog,
    nodeKey: Signer,
    withinSeconds: number,
    engine: Pick<Engine, 'nowMs' | 'marginMs'>,
  ) {
    this.#keeper = keeper
    this.#log = log
    this.#nodeKey = nodeKey
    this.#withinSeconds = withinSeconds
    this.#engine = engine
    keeper.onCommit((block) => this.#expire(block))
  }

  /** Takes in an act and signs for it once it is in the log; for one that has its receipt already, at once. */
  accept(intake: Intake, bytes: Uint8Array, from?: string): Promise<IntakeReceipt | NotTaken> {
    return new Promise((resolve, reject) => {
      let promised = false
      intake.take(bytes, {
        from,
        taken: (act) => {
          promised = true
          this.#remember(act).then(resolve, reject)
        },
        answer: (outcome) => {
          if (promised) return
          if (outcome instanceof Error) reject(outcome)
          else resolve(outcome.kind === 'committed' ? this.#sign(outcome.stored.receipt.id) : outcome)
        },
      })
    })
  }

  /** Offers again what was promised before the node was last stopped. */
  resume(intake: Intake): void {
    this.#log.expire(this.#keeper.ledger.tip.timeMs)
    for (const { id, tx } of this.#log.pending()) {
      const settle = (): void => this.#log.settle([id])
      intake.take(tx, {
        resumed: true,
        taken: (act) => {
          act.promised = true
        },
        answer: (outcome) => {
          if (!(outcome instanceof Error) && outcome.kind !== 'busy') settle()
        },
      })
    }
  }

  settle(ids: readonly string[]): void {
    if (ids.length > 0) this.#log.settle(ids.map(fromHex))
  }

  async #remember(act: PendingAct): Promise<IntakeReceipt> {
    const { bytes, body, id } = act.understood.envelope
    const mayNotCount = this.#isNearDeadline(act)
    act.promised = true
    const kept = await this.#log.remember({ id: fromHex(id), expiryMs: body.expires, tx: bytes })
    if (kept !== 'durable') throw new Error('the intake log holds less than the queue')
    return this.#sign(id, mayNotCount)
  }

  /** So close to the last instant at which it counts that its block may be later, or the clock. */
  #isNearDeadline({ understood: { act, envelope } }: PendingAct): boolean {
    const nowMs = this.#engine.nowMs()
    const deadlineMs = act.deadlineMs?.(this.#keeper.ledger.view(nowMs), signedOf(envelope, ''))
    return deadlineMs !== undefined && deadlineMs - nowMs <= this.#engine.marginMs()
  }

  #sign(id: string, mayNotCount = false): IntakeReceipt {
    const { chain, tip } = this.#keeper.ledger
    return signPromise(this.#nodeKey, {
      chain: chain.id,
      height: tip.height,
      id,
      withinSeconds: this.#withinSeconds,
      ...(mayNotCount ? { mayNotCount } : {}),
    })
  }

  #expire({ height }: NewBlock): void {
    // Walking through all that is pending costs more than a block; what has expired only takes up room.
    if (height % 256 === 0 && this.#log.pendingBytes > 0) this.#log.expire(this.#keeper.ledger.tip.timeMs)
  }
}
