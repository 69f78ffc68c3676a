import {
  type ADMISSION,
  type Admission,
  type Ledger,
  type Understood,
  type View,
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

/** The acts of this node's own door. */
export interface OwnDoor {
  /** Is this act on its way into a block? */
  has(id: string): boolean
  /** The mempool still has this transaction after a block. */
  held(tx: Uint8Array): void
}

/**
 * The guard of the mempool: a parcel may stay while one of its acts may still come to be in a block. A weak filter: blocks
 * are judged by what is in them. Rule CMT-4.
 */
export class CheckTx {
  readonly #ledger: Ledger
  readonly #known: KnownActs
  readonly #nowMs: () => number
  readonly #door: OwnDoor
  readonly #quotaLeft: QuotaLeft
  readonly #patience: Patience

  constructor(ledger: Ledger, known: KnownActs, patience: Patience, nowMs: () => number, door: OwnDoor) {
    this.#ledger = ledger
    this.#known = known
    this.#patience = patience
    this.#nowMs = nowMs
    this.#door = door
    this.#quotaLeft = new QuotaLeft(ledger)
  }

  /** Of a transaction that the mempool still has after a block. */
  checkAgain(tx: Uint8Array): Checked | Promise<Checked> {
    this.#door.held(tx)
    const checked = this.check(tx)
    if (!(checked instanceof Promise) && checked.code !== 0) this.#known.parcels.forget(tx)
    return checked
  }

  /** Of a transaction that comes into the mempool. */
  check(tx: Uint8Array): Checked | Promise<Checked> {
    const view = this.#ledger.view(this.#nowMs())
    const known = this.#known.parcels.actsOf(tx)
    if (known !== undefined) return this.#best(known.map((act) => this.#reason(view, act) ?? act))
    const acts = unpackParcel(tx)
    if (acts === undefined) return BROKEN_PARCEL
    if (this.#patience.isOver && !acts.every((act) => this.#known.has(act))) return BUSY
    const judging = this.#judge(view, acts)
    if (!isList(judging)) return judging
    const judged = allJudged(judging)
    if (!(judged instanceof Promise)) return this.#answer(tx, judged)
    // The transaction is a view of what a socket read.
    const own = tx.slice()
    const answer = judged.then((all) => this.#answer(own, all))
    return this.#patience.orLate(answer, BUSY)
  }

  /** Reads the acts and has each judged; or the answer for the whole parcel, whose rest is not even read then. */
  #judge(view: View, acts: readonly Uint8Array[]): readonly (Judged | Promise<Judged>)[] | Checked {
    const judging: (Judged | Promise<Judged>)[] = []
    const ids = new Set<string>()
    for (const bytes of acts) {
      const before = this.#known.get(bytes)
      const act = before ?? this.#known.read(bytes)
      const refusal = isInadmissible(act) ? act : this.#reason(view, act)
      if (refusal !== undefined) {
        const isBorne = before !== undefined || this.#patience.bearsVain()
        if (!isBorne || FALSE_ACTS.has(refusal.name)) return refused(refusal)
      }
      if (isInadmissible(act)) {
        judging.push(act)
        continue
      }
      const { id } = act.envelope
      if (ids.has(id)) return refused(inadmissible('repeated', { id }))
      ids.add(id)
      judging.push(refusal ?? this.#known.judge(act, 'inTurn'))
    }
    return judging
  }

  #answer(tx: Uint8Array, judged: readonly Judged[]): Checked {
    const best = this.#best(judged)
    const acts = judged.filter((each): each is Understood => !isInadmissible(each))
    if (best === WANTED) this.#known.parcels.remember(tx, acts)
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
      const { id, body } = each.envelope
      const { org, key } = body
      // A signature that has been judged false is not judged again here, on the thread that makes blocks.
      if (each.verifiedUnder === undefined) {
        this.#patience.try()
        return refused(inadmissible('badSignature', { org, key }))
      }
      const refusal = isWanted ? undefined : this.#refusalOf(each, nowMs)
      if (refusal !== undefined) first ??= refused(refusal)
      else if (this.#quotaLeft.take(org, id, nowMs) || this.#door.has(id)) isWanted = true
      else first ??= refused(inadmissible('overQuota', { org }))
    }
    return isWanted ? WANTED : (first ?? BROKEN_PARCEL)
  }

  /** Why it is refused whoever signed it. */
  #reason(view: View, { envelope }: Understood): Admission | undefined {
    const key = this.#ledger.admitUnsigned(view, envelope)
    return isInadmissible(key) ? key : undefined
  }

  #refusalOf(act: Understood, nowMs: number): Admission | undefined {
    const admitted = this.#ledger.admit(this.#ledger.view(nowMs), act)
    return isInadmissible(admitted) ? admitted : undefined
  }
}

const refused = ({ code, name }: Admission): Checked => ({ code, log: name })

const isList = <T>(value: readonly T[] | Checked): value is readonly T[] => Array.isArray(value)
