import {
  type Admission,
  type Envelope,
  type KeyRecord,
  type Ledger,
  type Understood,
  type View,
  inadmissible,
  isInadmissible,
} from '@dujiang/chain'
import { equalBytes, fromHex } from '@dujiang/core/crypto'
import type { Engine } from '../engine/index.ts'
import type { Keeper, NewBlock } from '../ledger/index.ts'
import type { NotTaken, Outcome } from '../service/ledger-node.ts'
import type { Verifier } from '../verify/index.ts'
import { busy } from './busy.ts'
import { type Answer, type PendingAct, PendingActs } from './pending.ts'
import type { Room } from './room.ts'

/** What happens on the way of one act. */
export interface Taker {
  /** Its signature holds and it is on its way. */
  taken?(act: PendingAct): void
  readonly answer: Answer
  /** The node has promised it before: neither a full queue nor a quota may turn it away now. */
  readonly resumed?: boolean
  /** Where it comes from, such as an address; undefined from this process. */
  readonly from?: string | undefined
}

export interface IntakeParts {
  readonly keeper: Keeper
  readonly engine: Engine
  readonly verifier: Verifier
  readonly room: Room
  /** Told of acts that are no longer on their way though they had been promised. */
  readonly onSettled: (promisedIds: readonly string[]) => void
}

/** A check under way: of one key and one signature, and who waits for it. */
interface Judging {
  readonly publicKey: string
  readonly signature: Uint8Array
  readonly takers: Taker[]
}

const MINUTE_MS = 60_000

/**
 * The way of an act from its bytes to its outcome: understood, checked against the committed state, its signature
 * judged on another thread, handed to the engine, answered from its block. Rules IN-1 to IN-4 and IN-7.
 */
export class Intake {
  readonly #parts: IntakeParts
  readonly #ledger: Ledger
  readonly #pending = new PendingActs()
  /** Checks under way, by the act's id, so that an act sent twice is judged once. */
  readonly #judging = new Map<string, Judging[]>()
  #stopped = false

  constructor(parts: IntakeParts) {
    this.#parts = parts
    this.#ledger = parts.keeper.ledger
    parts.keeper.onCommit((block) => this.#settle(block))
  }

  /** Takes in one transaction; the answer comes once, at once or later. */
  take(bytes: Uint8Array, taker: Taker): void {
    if (this.#stopped) return taker.answer(busy('stopping'))
    const turnedAway = this.#parts.engine.stalled()?.turnsAway
    if (turnedAway !== undefined && taker.resumed !== true) return taker.answer(busy(turnedAway))
    if (!this.#parts.room.take(bytes.length, taker)) return taker.answer(busy('queueFull'))
    const answer: Answer = (outcome) => {
      this.#parts.room.free(bytes.length, taker)
      taker.answer(outcome)
    }
    const understood = this.#ledger.understand(bytes)
    if (isInadmissible(understood)) return answer({ kind: 'inadmissible', refusal: understood })
    const key = this.#keyFor(understood, taker.resumed)
    if ('kind' in key) return answer(key)
    this.#judge(understood, key, { ...taker, answer })
  }

  /** Nothing more is taken in. */
  stop(): void {
    this.#stopped = true
  }

  /** The engine is done with this act. */
  drop(id: string, outcome: NotTaken): void {
    this.#answerAll(this.#pending.remove(id), outcome)
  }

  /** No more blocks come: nobody waits for what will not come. Of the `uncertain` nobody knows. */
  abandon(cause: Error, uncertain: ReadonlySet<string>): void {
    this.#stopped = true
    for (const id of this.#pending.ids) {
      const outcome = uncertain.has(id) ? cause : busy('stopping', id)
      for (const answer of this.#pending.remove(id)?.answers ?? []) answer(outcome)
    }
    const judging = [...this.#judging.values()].flat()
    this.#judging.clear()
    for (const { takers } of judging) {
      for (const { answer } of takers) answer(busy('stopping'))
    }
  }

  /**
   * The key its signature must hold under, or why it is not asked. Of an act that is on its way or executed: also one that is
   * no longer live, and after its expiry.
   */
  #keyFor({ envelope }: Understood, resumed = false): KeyRecord | NotTaken {
    const { body, id } = envelope
    const { app } = this.#ledger
    const timeMs = this.#timeMs(body.expires, resumed)
    const view = this.#ledger.view(timeMs)
    if (this.#pending.get(id) !== undefined || this.#parts.keeper.receipts.mayHold(id)) {
      const { org, key } = body
      return app.key(view, org, key) ?? { kind: 'inadmissible', refusal: inadmissible('unknownKey', { org, key }), id }
    }
    const judge = (at: View) => this.#ledger.admitUnsigned(at, envelope)
    const key = judge(view)
    if (isInadmissible(key)) return this.#notTaken(envelope, key, judge)
    return (resumed ? undefined : this.#quotaAnswer(id, body.org, timeMs)) ?? key
  }

  /** What was promised has expired only when it has by block time: a clock that is ahead must not take a promise back. */
  #timeMs(expires: number, resumed = false): number {
    const nowMs = this.#parts.engine.nowMs()
    return resumed ? Math.max(this.#ledger.tip.timeMs + 1, Math.min(nowMs, expires - 1)) : nowMs
  }

  /** Refused, unless it may be in a block all the same that another node has a part in, or had before this one joined. Rule IN-7. */
  #notTaken(
    { id, body }: Envelope,
    refusal: Admission,
    judge: (at: View) => ReturnType<Ledger['admit' | 'admitUnsigned']>,
  ): NotTaken {
    const { engine, keeper } = this.#parts
    if (!isInadmissible(judge(this.#ledger.view(engine.earliestMs())))) {
      return busy('blockTimeBehind', id)
    }
    if (refusal.name === 'expired' && keeper.receipts.mayLack(body.expires)) {
      return busy('outcomeNotHeld', id)
    }
    return { kind: 'inadmissible', refusal, id }
  }

  #quotaAnswer(id: string, org: string, timeMs: number): NotTaken | undefined {
    if (this.#pending.get(id) !== undefined || !this.#pending.fillQuota(this.#ledger, org, timeMs)) return undefined
    return {
      kind: 'busy',
      reason: 'overQuota',
      retryAfterSeconds: Math.ceil((MINUTE_MS - (timeMs % MINUTE_MS)) / 1_000),
      id,
    }
  }

  #judge(understood: Understood, { scheme, publicKey }: KeyRecord, taker: Taker): void {
    const { id, signedBytes: message, signature } = understood.envelope
    const underWay = this.#judging.get(id) ?? []
    const same = underWay.find((each) => each.publicKey === publicKey && equalBytes(each.signature, signature))
    if (same !== undefined) {
      same.takers.push(taker)
      return
    }
    const judging: Judging = { publicKey, signature, takers: [taker] }
    this.#judging.set(id, [...underWay, judging])
    this.#parts.verifier.check({ scheme, publicKey: fromHex(publicKey), message, signature }, (holds) => {
      if (!this.#forget(id, judging)) return
      if (holds) understood.verifiedUnder = publicKey
      for (const each of judging.takers) this.#judged(understood, holds, each)
    })
  }

  /** The check is under way no more; false when it was not. */
  #forget(id: string, judging: Judging): boolean {
    const underWay = this.#judging.get(id)
    if (underWay?.includes(judging) !== true) return false
    if (underWay.length === 1) this.#judging.delete(id)
    else
      this.#judging.set(
        id,
        underWay.filter((each) => each !== judging),
      )
    return true
  }

  #judged(understood: Understood, holds: boolean, taker: Taker): void {
    const { id, body } = understood.envelope
    if (!holds) {
      this.#parts.room.sentFalse(taker)
      const refusal = inadmissible('badSignature', { org: body.org, key: body.key })
      return taker.answer({ kind: 'inadmissible', refusal, id })
    }
    const { receipts } = this.#parts.keeper
    if (!receipts.mayHold(id)) return this.#takeIn(understood, taker)
    receipts.byId(id).then(
      (stored) => {
        if (stored === undefined) this.#takeIn(understood, taker)
        else taker.answer({ kind: 'committed', stored, repeated: true })
      },
      (cause: unknown) => taker.answer(cause instanceof Error ? cause : new Error(String(cause))),
    )
  }

  /** An act whose signature holds and that has no receipt. */
  #takeIn(understood: Understood, taker: Taker): void {
    const { id, body } = understood.envelope
    const pending = this.#pending.get(id)
    if (pending !== undefined) return this.#join(pending, taker)
    if (this.#stopped) return taker.answer(busy('stopping', id))
    const timeMs = this.#timeMs(body.expires, taker.resumed)
    // All that admission asks, before anything is promised: what would be dropped must not be signed for.
    const judge = (at: View) => this.#ledger.admit(at, understood)
    const admitted = judge(this.#ledger.view(timeMs))
    if (isInadmissible(admitted)) return taker.answer(this.#notTaken(understood.envelope, admitted, judge))
    const overQuota = this.#quotaAnswer(id, body.org, timeMs)
    if (overQuota !== undefined && taker.resumed !== true) return taker.answer(overQuota)
    this.#join(this.#pending.add(understood), taker)
    this.#parts.engine.offer(understood)
  }

  #join(act: PendingAct, taker: Taker): void {
    act.answers.push(taker.answer)
    taker.taken?.(act)
  }

  #settle({ stored }: NewBlock): void {
    const promised: string[] = []
    for (const each of stored) {
      const act = this.#pending.remove(each.receipt.id)
      if (act === undefined) continue
      if (act.promised) promised.push(each.receipt.id)
      let repeated = false
      for (const answer of act.answers) {
        answer({ kind: 'committed', stored: each, repeated })
        repeated = true
      }
    }
    this.#parts.onSettled(promised)
  }

  #answerAll(act: PendingAct | undefined, outcome: Outcome): void {
    if (act === undefined) return
    for (const answer of act.answers) answer(outcome)
    if (act.promised && outcome.kind === 'inadmissible') this.#parts.onSettled([act.understood.envelope.id])
  }
}
