import { type Ledger, Quotas, type Understood, type View, isInadmissible } from '@dujiang/chain'
import { propose } from '../proposal.ts'
import { type Judged, type KnownActs, allJudged } from './known-acts.ts'
import { unpackParcel } from './parcel.ts'

/** What the engine writes around a transaction in a block. */
const TX_OVERHEAD_BYTES = 8
/** Looked at first; each time that they do not fill a block, as many again. */
const PARCELS_AT_FIRST = 64
/** Of a proposal: several batches for each thread, and few where all are false. */
const JUDGED_AT_ONCE = 256

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

  /**
   * Could an honest validator have proposed this? A function of the proposal and of the state before it alone. Signatures come
   * last, and end with a false one: a proposal that lies is not to cost what a good one does.
   */
  async accept({ height, timeMs, txs }: Proposed): Promise<boolean> {
    const { app, tip } = this.#ledger
    if (height !== tip.height + 1 || timeMs <= tip.timeMs) return false
    const view = this.#ledger.view(timeMs)
    const quotas = new Quotas(view)
    const ids = new Set<string>()
    const unjudged: Understood[] = []
    for (const tx of txs) {
      const act = this.#known.read(tx)
      if (isInadmissible(act) || ids.has(act.envelope.id)) return false
      ids.add(act.envelope.id)
      if (!quotas.take(app, view, act.envelope.body.org)) return false
      if (act.verifiedUnder === undefined) {
        if (isInadmissible(this.#ledger.admitUnsigned(view, act.envelope))) return false
        unjudged.push(act)
      } else if (!this.#isAdmissible(view, act)) return false
    }
    for (let from = 0; from < unjudged.length; from += JUDGED_AT_ONCE) {
      const some = unjudged.slice(from, from + JUDGED_AT_ONCE).map((act) => this.#known.judge(act, 'now'))
      // The state is that of `view` still: the engine waits for this answer.
      if (!(await allJudged(some)).every((act) => this.#isAdmissible(view, act))) return false
    }
    return true
  }

  #isAdmissible(view: View, act: Judged): boolean {
    if (isInadmissible(act) || act.verifiedUnder === undefined) return false
    return !isInadmissible(this.#ledger.admit(view, act))
  }

  #actsOf(tx: Uint8Array): readonly Judged[] | Promise<readonly Judged[]> {
    return this.#known.parcels.actsOf(tx) ?? this.#judge(unpackParcel(tx) ?? [])
  }

  #judge(acts: readonly Uint8Array[]): readonly Judged[] | Promise<readonly Judged[]> {
    return allJudged(acts.map((act) => this.#known.judgeNow(act)))
  }
}
