import { Refused, type Trouble, Unreachable } from './errors.ts'
import type { SentAct } from './sent-act.ts'
import { type Transport, isPassing } from './transport.ts'

/**
 * Block time is behind the clock, by seconds while all goes well: so long after its expiry a node is still asked what became of
 * an act that may be in a block. So long, too, others are asked about one that a node does not admit and another may have.
 */
const LATE_MS = 30_000

/** The node does not know what became of the act: another may have it or its receipt, or this one will know a little later. */
const UNDECIDED: ReadonlySet<string> = new Set(['blockTimeBehind', 'outcomeNotHeld', 'repeated'])

/** Said at the door alone. A node that stops or fails says so of acts too that the mempools of others have from it. */
const TURNED_AWAY: ReadonlySet<string> = new Set(['clockLeapt', 'catchingUp'])

/** These bytes are no act for any node, or block time is past the expiry: for good, whoever has them. */
const FOR_GOOD: ReadonlySet<string> = new Set(['malformed', 'wrongShape', 'tooLarge', 'badSignature', 'expired'])

/** The node keeps another ledger than the one the act was signed for. */
const FOREIGN: ReadonlySet<string> = new Set(['wrongChain', 'wrongDomain'])

/** There was no connection to send anything over; in browsers nobody can tell. */
const NO_CONNECTION: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

/**
 * What is known of one act while it is being sent: may it be in a block, or come to be in one? Whoever is told that it was refused
 * signs a new one, so it is said only where the answer is no. Rules CLIENT-3 and CLIENT-4.
 */
export class Fate {
  readonly #expires: number
  readonly #transport: Transport
  readonly #promised: boolean
  #mayBeThere: boolean
  /** Places of the nodes whose last word was that they do not admit it, and of those that keep another ledger. */
  #against: Set<number> | undefined
  #foreign: Set<number> | undefined
  #endMs: number
  #doubtEndMs = Number.POSITIVE_INFINITY

  /** @param promised a node has taken it in before */
  constructor({ expires }: SentAct, transport: Transport, promised = false) {
    this.#expires = expires
    this.#transport = transport
    this.#promised = promised
    this.#mayBeThere = promised
    this.#endMs = expires
  }

  /** Takes note of what the node at a place said. Is it certain by now that the act will be in no block? */
  note(trouble: Trouble, at: number): boolean {
    const isUndecided = trouble instanceof Refused && UNDECIDED.has(trouble.refusal.name)
    if (isUndecided || isPassing(trouble)) {
      this.#against?.delete(at)
      if (isUndecided) this.#endMs = this.#expires + LATE_MS
      this.#mayBeThere ||= isUndecided || mayHaveTakenIn(trouble)
      return false
    }
    const { name } = (trouble as Refused).refusal
    return FOR_GOOD.has(name) || this.#isTurnedDown(at, FOREIGN.has(name))
  }

  /** Has it been asked about long enough? */
  get isOver(): boolean {
    return this.#transport.timing.nowMs() >= Math.min(this.#endMs, this.#doubtEndMs)
  }

  /** What is said when it is over and nothing is certain. */
  ended(last: Trouble): Trouble {
    if (!this.#mayBeThere || last instanceof Unreachable) return last
    const unknown = 'no node says what became of the act, which may have been executed'
    return new Unreachable(`${unknown}; the last answer was ${last.message}`, last)
  }

  /** One node does not admit it, whose state may be ahead of another's that has taken it in, or behind. */
  #isTurnedDown(at: number, isForeign: boolean): boolean {
    const { size, timing } = this.#transport
    this.#against ??= new Set()
    this.#against.add(at)
    if (isForeign) (this.#foreign ??= new Set()).add(at)
    if (this.#foreign?.size === size) return true
    if (this.#promised) {
      this.#endMs = this.#expires + LATE_MS
      return false
    }
    if (this.#against.size === size || (!this.#mayBeThere && !isForeign)) return true
    if (this.#mayBeThere) this.#doubtEndMs = Math.min(this.#doubtEndMs, timing.nowMs() + LATE_MS)
    return false
  }
}

/** May the node have the act, or have handed it to others, whatever it says? */
function mayHaveTakenIn(trouble: Trouble): boolean {
  if (trouble instanceof Refused) return trouble.status >= 500 && !TURNED_AWAY.has(trouble.refusal.name)
  for (let cause = trouble.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && NO_CONNECTION.has(cause.code)) return false
  }
  return true
}
