import { type Admission, type Ledger, type Understood, isInadmissible } from '@dujiang/chain'
import type { Clock } from '../../seams/index.ts'
import type { EngineListener } from '../engine.ts'
import { PARCEL_BYTES_MAX, nonceOf, packParcel, parcelBytes } from './parcel.ts'
import { sameBytes } from './same-bytes.ts'

/**
 * Hands a transaction to the engine's mempool, in the order of the calls: did it take it, as far as it says? Rejects when it
 * does not answer.
 */
export type Broadcast = (tx: Uint8Array) => Promise<'taken' | 'full'>

/** An act of this node's door that is in no block yet. */
interface OnItsWay {
  readonly act: Understood
  /** The one it was sent in last. */
  parcel?: Parcel
}

interface Parcel {
  readonly bytes: Uint8Array
  /** Those of its acts that are on their way in it. */
  readonly ids: Set<string>
  /** Monotonic; its acts are sent again when they are in no block by then. */
  dueMs: number
  /** The latest time for that. */
  readonly dueMsMax: number
}

/** Acts that arrive within it share a parcel: gossip and checks cost by the transaction, and a block takes far longer. */
const GATHER_MS = 5
/** Parcels whose taking has not been confirmed: enough that none waits for the answer to the one before. */
const SENDING_MAX = 32
/** Several blocks long: the mempool may drop what it has taken. After each block it tells what it still has. */
const RESEND_MS = 15_000
/** What this node's mempool has may be in no other's: gossip brings it there once, and a full mempool drops it. */
const HELD_MS_MAX = 45_000
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
  /** By id, in the order in which they were offered. */
  readonly #onTheirWay = new Map<string, OnItsWay>()
  /** By nonce. */
  readonly #parcels = new Map<bigint, Parcel>()
  /** Ids to be sent, oldest first. */
  #toSend = new Set<string>()
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

  has(id: string): boolean {
    return this.#onTheirWay.has(id)
  }

  offer(act: Understood): void {
    const { id } = act.envelope
    this.#onTheirWay.set(id, { act })
    this.#toSend.add(id)
    this.#later(GATHER_MS)
  }

  /**
   * The mempool has this transaction still, or has just been given it: if it is a parcel of ours, its acts need no sending
   * again. By all its bytes: who reads our nonce could keep us quiet about acts that the mempool has lost.
   */
  held(tx: Uint8Array): void {
    const nonce = nonceOf(tx)
    const parcel = nonce === undefined ? undefined : this.#parcels.get(nonce)
    if (parcel === undefined || !sameBytes(parcel.bytes, tx)) return
    parcel.dueMs = Math.min(this.#clock.monotonicMs() + RESEND_MS, parcel.dueMsMax)
  }

  /** A block has been committed: what it recorded is on its way no more, and what has waited long is looked at. */
  settle(ids: Iterable<string>): void {
    for (const id of ids) {
      this.#onTheirWay.get(id)?.parcel?.ids.delete(id)
      this.#onTheirWay.delete(id)
      this.#toSend.delete(id)
    }
    const nowMs = this.#clock.monotonicMs()
    const due: string[] = []
    for (const [nonce, parcel] of this.#parcels) {
      if (parcel.dueMs <= nowMs) due.push(...parcel.ids)
      if (parcel.dueMs <= nowMs || parcel.ids.size === 0) this.#parcels.delete(nonce)
    }
    if (due.length > 0) this.#sendAgain(due)
    if (this.#toSend.size > 0) this.#later(GATHER_MS)
  }

  /** The mempool has begun anew and knows nothing of what it was given. */
  forgotten(): void {
    this.#parcels.clear()
    this.#sendAgain([...this.#onTheirWay.keys()])
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

  /** Before all that were offered later: of acts of one actor that change places, the older is refused. */
  #sendAgain(ids: readonly string[]): void {
    const again = new Set(this.#toSend)
    for (const id of ids) if (this.#isWanted(id)) again.add(id)
    this.#toSend = new Set([...this.#onTheirWay.keys()].filter((id) => again.has(id)))
  }

  /** Could it come to be in a block? Else it is dropped. */
  #isWanted(id: string): boolean {
    const waiting = this.#onTheirWay.get(id)
    if (waiting === undefined) return false
    const refusal = this.#refusalOf(waiting.act)
    if (refusal === undefined) return true
    this.#onTheirWay.delete(id)
    this.#onDropped(id, { kind: 'inadmissible', refusal, id })
    return false
  }

  /**
   * Why no block takes it, neither the next one nor one of the clock's time: where the ledger is days behind, what was promised
   * seems to live too long.
   */
  #refusalOf({ envelope }: Understood): Admission | undefined {
    const earliestMs = this.#ledger.tip.timeMs + 1
    const nowMs = Math.max(earliestMs, Math.min(this.#clock.nowMs(), envelope.body.expires - 1))
    const next = this.#ledger.admitUnsigned(this.#ledger.view(earliestMs), envelope)
    if (!isInadmissible(next)) return undefined
    const now = this.#ledger.admitUnsigned(this.#ledger.view(nowMs), envelope)
    return isInadmissible(now) ? now : undefined
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
      this.#sending += 1
      void this.#sendParcel(this.#takeParcel()).finally(() => {
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
    const nonce = this.#nonce()
    const bytes = packParcel(
      acts.map(({ envelope }) => envelope.bytes),
      nonce,
    )
    const ids = new Set(acts.map(({ envelope }) => envelope.id))
    const dueMsMax = this.#clock.monotonicMs() + HELD_MS_MAX
    const parcel: Parcel = { bytes, ids, dueMs: Number.POSITIVE_INFINITY, dueMsMax }
    this.#parcels.set(nonce, parcel)
    for (const id of ids) (this.#onTheirWay.get(id) as OnItsWay).parcel = parcel
    const taken = await this.#broadcast(bytes).catch(() => 'silent' as const)
    // Else the mempool has begun anew meanwhile, and they are sent again already.
    if (this.#parcels.get(nonce) !== parcel) return
    if (taken === 'taken') return this.held(bytes)
    this.#pausedUntilMs = this.#clock.monotonicMs() + PAUSE_MS
    this.#parcels.delete(nonce)
    this.#sendAgain([...parcel.ids])
  }
}
