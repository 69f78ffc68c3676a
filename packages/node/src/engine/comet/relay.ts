import { type Ledger, type Understood, admitUnsigned, isInadmissible } from '@dujiang/chain'
import type { Clock } from '../../seams/index.ts'
import type { EngineListener } from '../engine.ts'
import { PARCEL_BYTES_MAX, packParcel, parcelBytes } from './parcel.ts'

/** Hands a transaction to the engine's mempool: did it take it, as far as it says? Rejects when it does not answer. */
export type Broadcast = (tx: Uint8Array) => Promise<'taken' | 'full'>

/** An act of this node's door that is in no block yet. */
interface OnItsWay {
  readonly act: Understood
  /** Monotonic; when it is sent again if it is in no block by then. */
  dueMs: number
}

/** Acts that arrive within it share a parcel: gossip and checks cost by the transaction, and a block takes far longer. */
const GATHER_MS = 5
const SENDING_MAX = 1
/** Many blocks long, under load too: what is sent again costs a check on every node, and the mempool drops little of what it has taken. */
const RESEND_MS = 15_000
const PAUSE_MS = 200

/**
 * Brings the acts of this node's door into the mempool, and again until each is in a block or can be in none. Rule CMT-12.
 */
export class Relay {
  readonly #ledger: Ledger
  readonly #broadcast: Broadcast
  readonly #clock: Clock
  readonly #onDropped: EngineListener['onDropped']
  readonly #nonce: () => bigint
  readonly #onTheirWay = new Map<string, OnItsWay>()
  /** Ids to be sent, oldest first. */
  readonly #toSend = new Set<string>()
  #sending = 0
  #pausedUntilMs = 0
  #cancelTimer: (() => void) | undefined
  #stopped = false

  constructor(
    ledger: Ledger,
    broadcast: Broadcast,
    clock: Clock,
    nonce: () => bigint,
    onDropped: EngineListener['onDropped'],
  ) {
    this.#ledger = ledger
    this.#broadcast = broadcast
    this.#clock = clock
    this.#nonce = nonce
    this.#onDropped = onDropped
  }

  get size(): number {
    return this.#onTheirWay.size
  }

  offer(act: Understood): void {
    const { id } = act.envelope
    this.#onTheirWay.set(id, { act, dueMs: Infinity })
    this.#toSend.add(id)
    this.#later(GATHER_MS)
  }

  /** A block has been committed: what it recorded is on its way no more, and what has waited long is looked at. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#onTheirWay.delete(id)
      this.#toSend.delete(id)
    }
    const nowMs = this.#clock.monotonicMs()
    const due: string[] = []
    // Oldest first: who is not due is followed by none that is.
    for (const [id, { dueMs }] of this.#onTheirWay) {
      if (dueMs > nowMs) break
      if (this.#lookAgain(id)) due.push(id)
    }
    if (due.length > 0) this.#sendFirst(due)
    if (this.#toSend.size > 0) this.#later(GATHER_MS)
  }

  /** The mempool has begun anew and knows nothing of what it was given. */
  forgotten(): void {
    this.#sendFirst(this.#onTheirWay.keys())
    if (this.#toSend.size > 0) this.#later(GATHER_MS)
  }

  stop(): void {
    this.#stopped = true
    this.#cancelTimer?.()
    for (const id of this.#onTheirWay.keys()) {
      this.#onDropped(id, { kind: 'busy', reason: 'stopping', retryAfterSeconds: 5, id })
    }
    this.#onTheirWay.clear()
  }

  /** Is it to be sent again? Else it is dropped. */
  #lookAgain(id: string): boolean {
    const { act } = this.#onTheirWay.get(id) as OnItsWay
    const { app, state } = this.#ledger
    const seen = (each: string, expires: number): boolean => state.seen.has(each, expires)
    const key = admitUnsigned(app, this.#ledger.view(), seen, act.envelope)
    this.#onTheirWay.delete(id)
    if (isInadmissible(key)) {
      this.#toSend.delete(id)
      this.#onDropped(id, { kind: 'inadmissible', refusal: key, id })
      return false
    }
    // To the end: it is due again after all that are due now.
    this.#onTheirWay.set(id, { act, dueMs: Infinity })
    return true
  }

  /** Before all that are younger: of acts of one actor that change places, the older is refused. */
  #sendFirst(ids: Iterable<string>): void {
    const younger = [...this.#toSend]
    this.#toSend.clear()
    for (const id of [...ids, ...younger]) this.#toSend.add(id)
  }

  #later(ms: number): void {
    if (this.#cancelTimer !== undefined || this.#stopped) return
    const wait = Math.max(ms, this.#pausedUntilMs - this.#clock.monotonicMs())
    this.#cancelTimer = this.#clock.wakeAfter(wait, () => {
      this.#cancelTimer = undefined
      this.#send()
    })
  }

  #send(): void {
    while (this.#toSend.size > 0 && this.#sending < SENDING_MAX && this.#pausedUntilMs <= this.#clock.monotonicMs()) {
      const acts = this.#takeParcel()
      this.#sending += 1
      void this.#sendParcel(acts).finally(() => {
        this.#sending -= 1
        if (this.#toSend.size > 0) this.#later(0)
      })
    }
    if (this.#toSend.size > 0 && this.#sending < SENDING_MAX) this.#later(GATHER_MS)
  }

  #takeParcel(): readonly Understood[] {
    const acts: Understood[] = []
    let bytes = 0
    for (const id of this.#toSend) {
      const { act } = this.#onTheirWay.get(id) as OnItsWay
      bytes += parcelBytes(act.envelope.bytes.length)
      if (acts.length > 0 && bytes > PARCEL_BYTES_MAX) break
      this.#toSend.delete(id)
      acts.push(act)
    }
    return acts
  }

  async #sendParcel(acts: readonly Understood[]): Promise<void> {
    const parcel = packParcel(
      acts.map(({ envelope }) => envelope.bytes),
      this.#nonce(),
    )
    const taken = await this.#broadcast(parcel).catch(() => 'silent' as const)
    const nowMs = this.#clock.monotonicMs()
    if (taken !== 'taken') this.#pausedUntilMs = nowMs + PAUSE_MS
    const waiting = acts.filter(({ envelope }) => this.#onTheirWay.has(envelope.id))
    if (taken !== 'taken') return this.#sendFirst(waiting.map(({ envelope }) => envelope.id))
    for (const { envelope } of waiting) (this.#onTheirWay.get(envelope.id) as OnItsWay).dueMs = nowMs + RESEND_MS
  }
}
