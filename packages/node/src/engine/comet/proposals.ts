import { type Ledger, Quotas, type Understood, isInadmissible } from '@dujiang/chain'
import { propose } from '../proposal.ts'
import { type Judged, type KnownActs, allJudged } from './known-acts.ts'
import { unpackParcel } from './parcel.ts'

/** What the engine writes around a transaction in a block. */
const TX_OVERHEAD_BYTES = 8
/** Looked at first; each time that they do not fill a block, as many again. */
const PARCELS_AT_FIRST = 64

export interface Proposed {
  readonly height: number
  /** The time the block would have. */
  readonly timeMs: number
  readonly txs: readonly Uint8Array[]
}

/** What a validator proposes, and what it accepts of others: both by the rules that execution will apply. Rules CMT-5 and CMT-6. */
export class Proposals {
  readonly #ledger: Ledger
  readonly #known: KnownActs
  readonly #actsMax: number

  constructor(ledger: Ledger, known: KnownActs, actsMax: number) {
    this.#ledger = ledger
    this.#known = known
    this.#actsMax = actsMax
  }

  /** The acts of the parcels at hand, oldest first, each by itself and once: as many as the block may hold. */
  async prepare({ timeMs, txs }: Proposed, bytesMax: number): Promise<readonly Uint8Array[]> {
    if (timeMs <= this.#ledger.tip.timeMs) return []
    const limits = { actsMax: this.#actsMax, bytesMax: bytesMax - this.#actsMax * TX_OVERHEAD_BYTES }
    const queue = new Map<string, Understood>()
    // The mempool may show many times what a block holds, and would each time.
    for (let from = 0, to = PARCELS_AT_FIRST; ; from = to, to *= 2) {
      for (const act of (await Promise.all(txs.slice(from, to).map(async (tx) => this.#actsOf(tx)))).flat()) {
        if (!isInadmissible(act) && act.verifiedUnder !== undefined) queue.set(act.envelope.id, act)
      }
      const { acts, isFull } = propose(this.#ledger, [...queue.values()], timeMs, limits)
      if (isFull || to >= txs.length) return acts.map(({ envelope }) => envelope.bytes)
    }
  }

  /** Could an honest validator have proposed this? A function of the proposal and of the state before it alone. */
  async accept({ height, timeMs, txs }: Proposed): Promise<boolean> {
    const { tip } = this.#ledger
    if (height !== tip.height + 1 || timeMs <= tip.timeMs) return false
    const judged = await this.#judge(txs)
    // Only now: while signatures were judged, nothing of the state has changed, for the engine waits for this answer.
    const { app } = this.#ledger
    const view = this.#ledger.view(timeMs)
    const quotas = new Quotas(view)
    const ids = new Set<string>()
    for (const act of judged) {
      if (isInadmissible(act) || act.verifiedUnder === undefined || ids.has(act.envelope.id)) return false
      ids.add(act.envelope.id)
      if (isInadmissible(this.#ledger.admit(view, act))) return false
      if (!quotas.take(app, view, act.envelope.body.org)) return false
    }
    return true
  }

  #actsOf(tx: Uint8Array): readonly Judged[] | Promise<readonly Judged[]> {
    return this.#known.parcels.actsOf(tx) ?? this.#judge(unpackParcel(tx) ?? [])
  }

  #judge(acts: readonly Uint8Array[]): readonly Judged[] | Promise<readonly Judged[]> {
    return allJudged(acts.map((act) => this.#known.judgeNow(act)))
  }
}
