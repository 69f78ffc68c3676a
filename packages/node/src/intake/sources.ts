/** So many false signatures within a minute are no mistake. */
const FALSE_MAX = 1_000
const MINUTE_MS = 60_000
const DISTRUSTED_MS = 600_000
/** Acts of a distrusted source that may be unanswered at once. */
const DISTRUSTED_ACTS_MAX = 64
/** Sources about which something is remembered; beyond that the oldest is forgotten. */
const REMEMBERED_MAX = 10_000

interface Falsehoods {
  readonly minute: number
  readonly count: number
  readonly distrustedUntilMs: number
}

/**
 * Where acts come from: whoever floods the door with false signatures has few places at a time, since each keeps its place until it
 * is judged. Rule IN-4.
 */
export class Sources {
  readonly #nowMs: () => number
  readonly #unanswered = new Map<string, number>()
  readonly #falsehoods = new Map<string, Falsehoods>()

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** May one more act of this source be unanswered? */
  hasPlace(source: string): boolean {
    const known = this.#falsehoods.get(source)
    if (known === undefined || known.distrustedUntilMs <= this.#nowMs()) return true
    return (this.#unanswered.get(source) ?? 0) < DISTRUSTED_ACTS_MAX
  }

  took(source: string): void {
    this.#unanswered.set(source, (this.#unanswered.get(source) ?? 0) + 1)
  }

  answered(source: string): void {
    const left = (this.#unanswered.get(source) ?? 1) - 1
    if (left === 0) this.#unanswered.delete(source)
    else this.#unanswered.set(source, left)
  }

  /** An act of this source had a false signature. */
  sentFalse(source: string): void {
    const nowMs = this.#nowMs()
    const minute = Math.floor(nowMs / MINUTE_MS)
    const known = this.#falsehoods.get(source)
    const count = known?.minute === minute ? known.count + 1 : 1
    const distrustedUntilMs = count >= FALSE_MAX ? nowMs + DISTRUSTED_MS : (known?.distrustedUntilMs ?? 0)
    // The one that was last heard of comes last.
    this.#falsehoods.delete(source)
    this.#falsehoods.set(source, { minute, count, distrustedUntilMs })
    if (this.#falsehoods.size <= REMEMBERED_MAX) return
    for (const oldest of this.#falsehoods.keys()) return void this.#falsehoods.delete(oldest)
  }
}
