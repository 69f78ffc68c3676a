import { type AdmissionName, signedOf } from '@dujiang/chain'
import { type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import type { Engine } from '../engine/index.ts'
import type { Keeper } from '../ledger/index.ts'
import type { IntakeReceipt, NotTaken, Outcome, Stored } from '../service/ledger-node.ts'
import type { IntakeEntry, IntakeLog } from '../store/index.ts'
import type { Intake } from './intake.ts'
import type { PendingAct } from './pending.ts'
import { signPromise } from './promise.ts'

/** What the state decides about an act, and a state that is behind may decide falsely. */
const BY_STATE: ReadonlySet<string> = new Set<AdmissionName>([
  'unknownKey',
  'keyNotLive',
  'notPermitted',
  'lifetimeTooLong',
])
/** Offered again after one block, so that many that wait do not hold up the next. */
const AGAIN_MAX = 256
/** After so many blocks also what only the passing of time changes is looked at. */
const LOOK_BLOCKS = 256

/** Acts the node signs for before they are in a block, and sends again until they are. Rules IN-5 and IN-6. */
export class Promises {
  readonly #keeper: Keeper
  readonly #log: IntakeLog
  readonly #nodeKey: Signer
  readonly #withinSeconds: number
  readonly #engine: Pick<Engine, 'nowMs' | 'marginMs'>
  /** Promised before the node was last stopped, and refused by the state since: by id, the one that has waited longest first. */
  readonly #waiting = new Map<string, IntakeEntry>()
  /** So many of them, from the first, have not been offered since the state changed. */
  #toOffer = 0
  #intake: Intake | undefined

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
    keeper.onCommit(({ height, stored }) => {
      if (height % LOOK_BLOCKS === 0) this.#expire()
      if (height % LOOK_BLOCKS === 0 || stored.length > 0) this.#toOffer = this.#waiting.size
      this.#offerWaiting()
    })
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
          else resolve(outcome.kind === 'committed' ? this.#signExecuted(outcome.stored) : outcome)
        },
      })
    })
  }

  /**
   * Offers again what was promised before the node was last stopped. The ledger may be behind what the node knew then, its journal torn
   * or empty: what its state refuses, now or later, waits in the log, and is offered again after each block that has changed the state.
   */
  resume(intake: Intake): void {
    this.#intake = intake
    this.#log.expire(this.#keeper.ledger.tip.timeMs)
    for (const entry of this.#log.pending()) this.#offerAgain(intake, entry)
  }

  settle(ids: readonly string[]): void {
    if (ids.length > 0) this.#log.settle(ids.map(fromHex))
  }

  #offerWaiting(): void {
    if (this.#toOffer === 0) return
    const again = [...this.#waiting].slice(0, Math.min(this.#toOffer, AGAIN_MAX))
    this.#toOffer -= again.length
    for (const [id, entry] of again) {
      this.#waiting.delete(id)
      this.#offerAgain(this.#intake as Intake, entry)
    }
  }

  #offerAgain(intake: Intake, entry: IntakeEntry): void {
    const id = toHex(entry.id)
    let isOnItsWay = false
    intake.take(entry.tx, {
      resumed: true,
      taken: () => {
        isOnItsWay = true
      },
      answer: (outcome) => {
        if (outcome instanceof Error || (outcome.kind === 'busy' && (isOnItsWay || outcome.reason === 'stopping')))
          return
        // Also once it has been admitted: the blocks still to come may end a key and admit it again.
        if (mayBeAdmittedLater(outcome)) this.#waiting.set(id, entry)
        else this.settle([id])
      },
    })
  }

  async #remember(act: PendingAct): Promise<IntakeReceipt> {
    const { bytes, body, id } = act.understood.envelope
    // As of now it is in no block up to this one; once it is on the disk it may be.
    const { height } = this.#keeper.ledger.tip
    const mayNotCount = this.#isNearDeadline(act)
    act.promised = true
    const kept = await this.#log.remember({ id: fromHex(id), expiryMs: body.expires, tx: bytes })
    if (kept !== 'durable') throw new Error('the intake log holds less than the queue')
    return this.#sign(id, height, mayNotCount)
  }

  /** So close to the last instant at which it counts that its block may be later, or the clock. */
  #isNearDeadline({ understood: { act, envelope } }: PendingAct): boolean {
    const nowMs = this.#engine.nowMs()
    const deadlineMs = act.deadlineMs?.(this.#keeper.ledger.view(nowMs), signedOf(envelope, ''))
    return deadlineMs !== undefined && deadlineMs - nowMs <= this.#engine.marginMs()
  }

  /** Of an act that has been executed: at the height of its block, so that none below needs to be looked at. */
  #signExecuted({ receipt: { id, height } }: Stored): IntakeReceipt {
    return this.#sign(id, height)
  }

  #sign(id: string, height: number, mayNotCount = false): IntakeReceipt {
    return signPromise(this.#nodeKey, {
      chain: this.#keeper.ledger.chain.id,
      height,
      id,
      withinSeconds: this.#withinSeconds,
      ...(mayNotCount ? { mayNotCount } : {}),
    })
  }

  /** Not after every block: walking through all that is pending costs more than one, and what has expired only takes up room. */
  #expire(): void {
    const { timeMs } = this.#keeper.ledger.tip
    if (this.#log.pendingBytes > 0) this.#log.expire(timeMs)
    for (const [id, { expiryMs }] of this.#waiting) if (expiryMs < timeMs) this.#waiting.delete(id)
  }
}

/** Turned away for now, or refused by a state that may be behind. */
function mayBeAdmittedLater(outcome: Outcome): boolean {
  return outcome.kind === 'busy' || (outcome.kind === 'inadmissible' && BY_STATE.has(outcome.refusal.name))
}
