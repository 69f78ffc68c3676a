import { type Admission, type Ledger, type Understood, isInadmissible } from '@dujiang/chain'
import { fromHex } from '@dujiang/core/crypto'
import type { Hasten, Verifier } from '../../verify/index.ts'
import { KnownParcels } from './known-parcels.ts'
import { sameBytes } from './same-bytes.ts'

/** Of an act's end, which is its signature: acts are told apart without hashing them, and their bytes compared. */
const MARK_BYTES = 24
/** What the engine's mempool may hold, of all doors together: after each block it asks about all of it. */
export const MEMPOOL_BYTES_MAX = 32 * 1024 * 1024
/**
 * Of acts remembered, as they were sent; read they take several times as much. Whoever fills a mempool must not fill the
 * memory; yet what waits there, and before this node's door, must be known, or it would be judged anew after each block.
 */
const BYTES_MAX = 3 * MEMPOOL_BYTES_MAX

/** Nobody judges any more: what was to follow from the verdict is given up. */
export class Abandoned extends Error {
  override name = 'Abandoned'
}

interface Judging {
  readonly understood: Understood
  readonly hasten: Hasten
  readonly waiting: PromiseWithResolvers<Understood>[]
}

/** An act as read, `verifiedUnder` its key if its signature holds; or why it cannot be one of this chain. */
export type Judged = Understood | Admission

/**
 * The acts this node has read and whose signatures it has judged, so that each is judged once on its way through mempool,
 * proposal and block. What is remembered counts only for the same bytes and never changes an outcome. Rules CMT-2 and CMT-3.
 */
export class KnownActs {
  readonly parcels: KnownParcels
  readonly #ledger: Ledger
  readonly #verifier: Verifier
  readonly #actsMax: number
  readonly #known = new Map<number, Understood>()
  readonly #judging = new Map<number, Judging>()
  readonly #bytesMax: number
  #bytes = 0
  #isAbandoned = false

  constructor(ledger: Ledger, verifier: Verifier, actsMax: number, bytesMax = BYTES_MAX) {
    this.#ledger = ledger
    this.#verifier = verifier
    this.#actsMax = actsMax
    this.#bytesMax = bytesMax
    this.parcels = new KnownParcels(bytesMax)
  }

  /** Remembers an act whose signature has been found good. */
  add(understood: Understood): void {
    const { bytes } = understood.envelope
    const mark = markOf(bytes)
    this.#drop(mark)
    this.#known.set(mark, understood)
    this.#bytes += bytes.length
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#actsMax && this.#bytes <= this.#bytesMax) break
      this.#drop(oldest)
    }
  }

  /** Has this act's signature been found good? */
  has(bytes: Uint8Array): boolean {
    return ifSame(this.#known.get(markOf(bytes)), bytes) !== undefined
  }

  /** The act if it is known, or being judged. */
  get(bytes: Uint8Array): Understood | undefined {
    const mark = markOf(bytes)
    return ifSame(this.#known.get(mark), bytes) ?? ifSame(this.#judging.get(mark)?.understood, bytes)
  }

  /** Reads an act, unless it has been read. */
  read(bytes: Uint8Array): Judged {
    // The bytes are a view of what a socket read; what is kept keeps its own.
    return this.get(bytes) ?? this.#ledger.understand(bytes.slice())
  }

  forget(txs: readonly Uint8Array[]): void {
    for (const tx of txs) this.#drop(markOf(tx))
  }

  /** The node stops, or the verifier has: whoever waits for a verdict, or will, is told {@link Abandoned}. */
  abandon(): void {
    this.#isAbandoned = true
    for (const { waiting } of this.#judging.values()) giveUp(waiting)
    this.#judging.clear()
  }

  #drop(mark: number): void {
    this.#bytes -= this.#known.get(mark)?.envelope.bytes.length ?? 0
    this.#known.delete(mark)
  }

  /** Reads an act and judges its signature, at once if that has been done, and before all others that wait: for a block. */
  judgeNow(bytes: Uint8Array): Judged | Promise<Judged> {
    const act = this.read(bytes)
    return isInadmissible(act) ? act : this.judge(act, 'now')
  }

  /** Judges the signature of an act that was read, at once if that has been done. */
  judge(act: Understood, when: 'now' | 'inTurn'): Understood | Promise<Understood> {
    if (act.verifiedUnder !== undefined) return act
    const { bytes } = act.envelope
    const mark = markOf(bytes)
    const known = ifSame(this.#known.get(mark), bytes)
    if (known !== undefined) return known
    const judging = this.#judging.get(mark)
    if (judging === undefined || ifSame(judging.understood, bytes) === undefined) return this.#judge(mark, act, when)
    if (when === 'now') judging.hasten()
    return waitIn(judging.waiting)
  }

  #judge(mark: number, understood: Understood, when: 'now' | 'inTurn'): Understood | Promise<Understood> {
    const { body, signedBytes: message, signature } = understood.envelope
    const key = this.#ledger.app.key(this.#ledger.view(), body.org, body.key)
    // Admission will say so.
    if (key === undefined) return understood
    const { scheme, publicKey } = key
    const waiting: PromiseWithResolvers<Understood>[] = []
    const verdict = waitIn(waiting)
    if (this.#isAbandoned) {
      giveUp(waiting)
      return verdict
    }
    let answered = false
    const hasten = this.#verifier.check(
      { scheme, publicKey: fromHex(publicKey), message, signature },
      (holds): void => {
        answered = true
        this.#judging.delete(mark)
        if (holds) {
          understood.verifiedUnder = publicKey
          this.add(understood)
        }
        for (const { resolve } of waiting) resolve(understood)
      },
    )
    if (answered) return verdict
    this.#judging.set(mark, { understood, hasten, waiting })
    if (when === 'now') hasten()
    return verdict
  }
}

const ifSame = (act: Understood | undefined, bytes: Uint8Array): Understood | undefined =>
  act !== undefined && sameBytes(act.envelope.bytes, bytes) ? act : undefined

function giveUp(waiting: readonly PromiseWithResolvers<Understood>[]): void {
  for (const { reject } of waiting) reject(new Abandoned('no signatures are judged any more'))
}

function waitIn<T>(waiting: PromiseWithResolvers<T>[]): Promise<T> {
  const wait = Promise.withResolvers<T>()
  // Who asked may have been answered otherwise meanwhile, and not wait any more.
  wait.promise.catch(() => undefined)
  waiting.push(wait)
  return wait.promise
}

/** Answers to several acts: at once where all are at hand, since a block waits for them. */
export function allJudged(
  answers: readonly (Judged | Promise<Judged>)[],
): readonly Judged[] | Promise<readonly Judged[]> {
  const mustWait = answers.some((answer) => answer instanceof Promise)
  return mustWait ? Promise.all(answers.map(async (answer) => answer)) : (answers as readonly Judged[])
}

/** A number that few acts share: of two that do, one is remembered. */
function markOf(bytes: Uint8Array): number {
  let mark = 0
  for (let at = Math.max(0, bytes.length - MARK_BYTES); at < bytes.length; at++) {
    mark = Math.imul(mark ^ (bytes[at] as number), 0x01000193)
  }
  return mark
}
