import {
  type Admission,
  type Ledger,
  type Understood,
  admit,
  admitUnsigned,
  inadmissible,
  isInadmissible,
} from '@dujiang/chain'
import { type Judged, type KnownActs, allJudged } from './known-acts.ts'
import { unpackParcel } from './parcel.ts'

/** What the mempool is told of a transaction; it keeps those with code 0. */
export interface Checked {
  readonly code: number
  /** The refusal's name. */
  readonly log: string
}

const WANTED: Checked = { code: 0, log: '' }
const BROKEN_PARCEL: Checked = { code: 1, log: 'brokenParcel' }

/**
 * The guard of the mempool: a parcel may stay while one of its acts may still come to be in a block. A weak filter: blocks
 * are judged by what is in them. Rule CMT-4.
 */
export class CheckTx {
  readonly #ledger: Ledger
  readonly #known: KnownActs
  readonly #nowMs: () => number

  constructor(ledger: Ledger, known: KnownActs, nowMs: () => number) {
    this.#ledger = ledger
    this.#known = known
    this.#nowMs = nowMs
  }

  /** Of a transaction that comes into the mempool, and again after each block that it stays there. */
  check(tx: Uint8Array): Checked | Promise<Checked> {
    const acts = unpackParcel(tx)
    if (acts === undefined) return BROKEN_PARCEL
    const { app, state } = this.#ledger
    const view = this.#ledger.view(this.#nowMs())
    const seen = (id: string, expires: number): boolean => state.seen.has(id, expires)
    const reason = ({ envelope }: Understood): Admission | undefined => {
      const key = admitUnsigned(app, view, seen, envelope)
      return isInadmissible(key) ? key : undefined
    }
    const judged = allJudged(acts.map((act) => this.#known.judgeUnless(reason, act)))
    return judged instanceof Promise ? judged.then((all) => this.#best(all)) : this.#best(judged)
  }

  /** A parcel is worth as much as the best act in it. */
  #best(judged: readonly Judged[]): Checked {
    let first: Checked | undefined
    for (const each of judged) {
      const refusal = isInadmissible(each) ? each : this.#refusalOf(each)
      if (refusal === undefined) return WANTED
      first ??= { code: refusal.code, log: refusal.name }
    }
    return first ?? BROKEN_PARCEL
  }

  #refusalOf(act: Understood): Admission | undefined {
    const { org, key } = act.envelope.body
    // A signature that has been judged false is not judged again here, on the thread that makes blocks.
    if (act.verifiedUnder === undefined) return inadmissible('badSignature', { org, key })
    const { app, crypto, state } = this.#ledger
    const seen = (id: string, expires: number): boolean => state.seen.has(id, expires)
    const admitted = admit(app, crypto, this.#ledger.view(this.#nowMs()), seen, act)
    return isInadmissible(admitted) ? admitted : undefined
  }
}
