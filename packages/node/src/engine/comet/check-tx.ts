import {
  type ADMISSION,
  type Admission,
  type Ledger,
  type Understood,
  inadmissible,
  isInadmissible,
} from '@dujiang/chain'
import { type Judged, type KnownActs, allJudged } from './known-acts.ts'
import { unpackParcel } from './parcel.ts'
import type { Patience } from './patience.ts'
import { QuotaLeft } from './quota-left.ts'

/** What the mempool is told of a transaction; it keeps those with code 0. */
export interface Checked {
  readonly code: number
  /** The refusal's name. */
  readonly log: string
}

const WANTED: Checked = { code: 0, log: '' }
const BROKEN_PARCEL: Checked = { code: 1, log: 'brokenParcel' }
const BUSY: Checked = { code: 1, log: 'busy' }

/**
 * Of what no honest node hands over, as is a false signature: nothing may hide behind a good act, to be looked at after
 * each block. An act that is not known is none of them: a node with newer code may know it.
 */
const FALSE_ACTS: ReadonlySet<string> = new Set<keyof typeof ADMISSION>([
  'malformed',
  'wrongShape',
  'tooLarge',
  'wrongChain',
  'wrongDomain',
])

/**
 * The guard of the mempool: a parcel may stay while one of its acts may still come to be in a block. A weak filter: blocks
 * are judged by what is in them. Rule CMT-4.
 */
export class CheckTx {
  readonly #ledger: Ledger
  readonly #known: KnownActs
  readonly #nowMs: () => number
  readonly #onHeld: (tx: Uint8Array) => void
  readonly #quotaLeft: QuotaLeft
  readonly #patience: Patience

  /** @param onHeld told of each transaction that the mempool still has after a block */
  constructor(
    ledger: Ledger,
    known: KnownActs,
    patience: Patience,
    nowMs: () => number,
    onHeld: (tx: Uint8Array) => void,
  ) {
    this.#ledger = ledger
    this.#known = known
    this.#patience = patience
    this.#nowMs = nowMs
    this.#onHeld = onHeld
    this.#quotaLeft = new QuotaLeft(ledger)
  }

  /** Of a transaction that the mempool still has after a block. */
  checkAgain(tx: Uint8Array): Checked | Promise<Checked> {
    this.#onHeld(tx)
    const checked = this.check(tx)
    if (!(checked instanceof Promise) && checked.code !== 0) this.#known.parcels.forget(tx)
    return checked
  }

  /** Of a transaction that comes into the mempool. */
  check(tx: Uint8Array): Checked | Promise<Checked> {
    const view = this.#ledger.view(this.#nowMs())
    const reason = ({ envelope }: Understood): Admission | undefined => {
      const key = this.#ledger.admitUnsigned(view, envelope)
      return isInadmissible(key) ? key : undefined
    }
    const known = this.#known.parcels.actsOf(tx)
    if (known !== undefined) return this.#best(known.map((act) => reason(act) ?? act))
    const acts = unpackParcel(tx)
    if (acts === undefined) return BROKEN_PARCEL
    if (this.#patience.isOver && !acts.every((act) => this.#known.has(act))) return BUSY
    const judging: (Judged | Promise<Judged>)[] = []
    for (const act of acts) {
      const each = this.#known.judgeUnless(reason, act)
      // The rest need not even be read.
      if (isInadmissible(each) && FALSE_ACTS.has(each.name)) return refused(each)
      judging.push(each)
    }
    const judged = allJudged(judging)
    if (!(judged instanceof Promise)) return this.#answer(tx, judged)
    // The transaction is a view of what a socket read.
    const own = tx.slice()
    const answer = judged.then((all) => this.#answer(own, all))
    return this.#patience.orLate(answer, BUSY)
  }

  #answer(tx: Uint8Array, judged: readonly Judged[]): Checked {
    const best = this.#best(judged)
    const acts = judged.filter((each): each is Understood => !isInadmissible(each))
    if (best === WANTED && acts.length === judged.length) this.#known.parcels.remember(tx, acts)
    return best
  }

  /** A parcel is worth as much as the best act in it, unless one is false. Acts after the best only count. */
  #best(judged: readonly Judged[]): Checked {
    const nowMs = this.#nowMs()
    let first: Checked | undefined
    let isWanted = false
    for (const each of judged) {
      if (isInadmissible(each)) {
        first ??= refused(each)
        continue
      }
      const { org, key } = each.envelope.body
      // A signature that has been judged false is not judged again here, on the thread that makes blocks.
      if (each.verifiedUnder === undefined) {
        this.#patience.try()
        return refused(inadmissible('badSignature', { org, key }))
      }
      const refusal = isWanted ? undefined : this.#refusalOf(each, nowMs)
      if (refusal !== undefined) first ??= refused(refusal)
      else if (this.#quotaLeft.take(org, nowMs)) isWanted = true
      else first ??= refused(inadmissible('overQuota', { org }))
    }
    return isWanted ? WANTED : (first ?? BROKEN_PARCEL)
  }

  #refusalOf(act: Understood, nowMs: number): Admission | undefined {
    const admitted = this.#ledger.admit(this.#ledger.view(nowMs), act)
    return isInadmissible(admitted) ? admitted : undefined
  }
}

const refused = ({ code, name }: Admission): Checked => ({ code, log: name })
