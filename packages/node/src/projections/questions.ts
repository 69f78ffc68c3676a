import type { ListAsk, ListPage } from '@dujiang/projections'
import type { Clock } from '../seams/index.ts'

/** An answer, or why there is none now: a later question may have one. */
export type Asked<T> = { readonly page: T } | { readonly none: 'notReady' | 'tooMany' | 'tooSlow' }

export const WAITING_MAX = 64
/** Of them, those of one address. */
export const WAITING_OF_ONE_MAX = 32
/** As many are with the thread at once: one that works, and its next. */
export const UNDER_WAY_MAX = 4
const PATIENCE_MS = 10_000

interface Question {
  readonly asker: string
  readonly ask: ListAsk
  readonly settle: (answer: Asked<ListPage>) => void
}

/**
 * Questions to the thread: few at a time, each waited for so long. The thread is given a few of them, of whoever has the fewest
 * with it, so that one who asks much keeps nobody out; what nobody waits for any more is not begun. Rule PRN-6.
 */
export class Questions {
  readonly #clock: Pick<Clock, 'wakeAfter'>
  readonly #send: (number: number, ask: ListAsk) => void
  /** Those that somebody waits for, in the order in which they came. */
  readonly #waiting = new Map<number, Question>()
  /** Those that the thread has, with who asked, whether or not somebody still waits. */
  readonly #underWay = new Map<number, string>()
  #asked = 0
  #ended = false

  constructor(clock: Pick<Clock, 'wakeAfter'>, send: (number: number, ask: ListAsk) => void) {
    this.#clock = clock
    this.#send = send
  }

  /** @param asker the address that it comes from */
  ask(ask: ListAsk, asker: string): Promise<Asked<ListPage>> {
    if (this.#ended) return Promise.resolve({ none: 'notReady' })
    if (this.#waiting.size >= WAITING_MAX || this.#waitingOf(asker) >= WAITING_OF_ONE_MAX) {
      return Promise.resolve({ none: 'tooMany' })
    }
    const number = this.#asked++
    return new Promise((resolve) => {
      const patience = this.#clock.wakeAfter(PATIENCE_MS, () => this.#settle(number, { none: 'tooSlow' }))
      const settle = (answer: Asked<ListPage>): void => {
        patience()
        resolve(answer)
      }
      this.#waiting.set(number, { asker, ask, settle })
      this.#begin()
    })
  }

  /** @param page a text says why there is none */
  answer(number: number, page: ListPage | string): void {
    this.#underWay.delete(number)
    this.#settle(number, typeof page === 'string' ? { none: 'notReady' } : { page })
    this.#begin()
  }

  /** Nobody answers any more. */
  end(): void {
    this.#ended = true
    for (const number of this.#waiting.keys()) this.#settle(number, { none: 'notReady' })
  }

  #begin(): void {
    while (!this.#ended && this.#underWay.size < UNDER_WAY_MAX) {
      const next = this.#next()
      if (next === undefined) return
      const [number, { asker, ask }] = next
      this.#underWay.set(number, asker)
      this.#send(number, ask)
    }
  }

  /** The first of whoever has the fewest with the thread. */
  #next(): [number, Question] | undefined {
    const counts = new Map<string, number>()
    for (const asker of this.#underWay.values()) counts.set(asker, (counts.get(asker) ?? 0) + 1)
    const countOf = ([, { asker }]: [number, Question]): number => counts.get(asker) ?? 0
    const queued = [...this.#waiting].filter(([number]) => !this.#underWay.has(number))
    return queued.reduce<[number, Question] | undefined>(
      (best, each) => (best === undefined || countOf(each) < countOf(best) ? each : best),
      undefined,
    )
  }

  #waitingOf(asker: string): number {
    return [...this.#waiting.values()].filter((each) => each.asker === asker).length
  }

  #settle(number: number, answer: Asked<ListPage>): void {
    const question = this.#waiting.get(number)
    this.#waiting.delete(number)
    question?.settle(answer)
  }
}
