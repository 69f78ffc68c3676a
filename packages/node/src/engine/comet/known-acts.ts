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
    const known = this.#known.get(markOf(bytes))
    return known !== undefined && sameBytes(known.envelope.bytes, bytes)
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
    return this.#judgeUnless(() => undefined, bytes, true)
  }

  /** The same in its turn, unless there is a reason to refuse it whoever signed it. */
  judgeUnless(reason: (act: Understood) => Admission | undefined, bytes: Uint8Array): Judged | Promise<Judged> {
    return this.#judgeUnless(reason, bytes, false)
  }

  #judgeUnless(
    reason: (act: Understood) => Admission | undefined,
    bytes: Uint8Array,
    hurried: boolean,
  ): Judged | Promise<Judged> {
    const mark = markOf(bytes)
    const known = this.#known.get(mark)
    if (known !== undefined && sameBytes(known.envelope.bytes, bytes)) return reason(known) ?? known
    const judging = this.#judging.get(mark)
    if (judging !== undefined && sameBytes(judging.understood.envelope.bytes, bytes)) {
      if (hurried) judging.hasten()
      return waitIn(judging.waiting)
    }
    // The bytes are a view of what a socket read; what is kept keeps its own.
    const understood = this.#ledger.understand(bytes.slice())
    if (isInadmissible(understood)) return understood
    return reason(understood) ?? this.#judge(mark, understood, hurried)
  }

  #judge(mark: number, understood: Understood, hurried: boolean): Understood | Promise<Understood> {
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
    if (hurried) hasten()
    return verdict
  }
}

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
