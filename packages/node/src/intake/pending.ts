import { type Ledger, Quotas, type Understood } from '@dujiang/chain'
import type { Outcome } from '../service/ledger-node.ts'

/** Who waits for an act: an outcome, or an error when nobody can know what became of it. */
export type Answer = (outcome: Outcome | Error) => void

/** An act whose signature holds, on its way into a block. */
export interface PendingAct {
  readonly understood: Understood
  readonly answers: Answer[]
  /** The node has signed for it since its start, or is about to: it is in the intake log. */
  promised: boolean
}

/** The acts on their way, by id, and how many of them each organisation has. */
export class PendingActs {
  readonly #byId = new Map<string, PendingAct>()
  readonly #countOf = new Map<string, number>()
  /** What the committed state says of one minute, at one height. */
  #quotas: { readonly height: number; readonly minute: number; readonly at: Quotas } | undefined

  get(id: string): PendingAct | undefined {
    return this.#byId.get(id)
  }

  get ids(): readonly string[] {
    return [...this.#byId.keys()]
  }

  add(understood: Understood): PendingAct {
    const { id, body } = understood.envelope
    const act: PendingAct = { understood, answers: [], promised: false }
    this.#byId.set(id, act)
    this.#countOf.set(body.org, (this.#countOf.get(body.org) ?? 0) + 1)
    return act
  }

  /** Takes an act out; undefined when it is not among them. */
  remove(id: string): PendingAct | undefined {
    const act = this.#byId.get(id)
    if (act === undefined) return undefined
    this.#byId.delete(id)
    const { org } = act.understood.envelope.body
    const others = (this.#countOf.get(org) ?? 1) - 1
    if (others === 0) this.#countOf.delete(org)
    else this.#countOf.set(org, others)
    return act
  }

  /** Would one more act of `org` exceed its quota in the minute of `timeMs`, those on their way counted? */
  fillQuota(ledger: Ledger, org: string, timeMs: number): boolean {
    return (this.#countOf.get(org) ?? 0) >= this.#quotaLeft(ledger, org, timeMs)
  }

  #quotaLeft(ledger: Ledger, org: string, timeMs: number): number {
    const { height } = ledger.tip
    const minute = minuteOf(timeMs)
    const view = ledger.view(timeMs)
    let known = this.#quotas
    if (known?.height !== height || known.minute !== minute) known = { height, minute, at: new Quotas(view) }
    this.#quotas = known
    return known.at.left(ledger.app, view, org)
  }
}

const MINUTE_MS = 60_000
const minuteOf = (timeMs: number): number => Math.floor(timeMs / MINUTE_MS)
