import type { ListAsk, ListPage } from '@dujiang/projections'
import type { Clock } from '../seams/index.ts'

/** An answer, or why there is none now: a later question may have one. */
export type Asked<T> = { readonly page: T } | { readonly none: 'notReady' | 'tooMany' | 'tooSlow' }

const WAITING_MAX = 64
const PATIENCE_MS = 10_000

/** Questions on their way to the thread: few at a time, each for so long. Rule PRN-6. */
export class Questions {
  readonly #clock: Pick<Clock, 'wakeAfter'>
  readonly #send: (number: number, ask: ListAsk) => void
  readonly #waiting = new Map<number, (answer: Asked<ListPage>) => void>()
  #asked = 0
  #ended = false

  constructor(clock: Pick<Clock, 'wakeAfter'>, send: (number: number, ask: ListAsk) => void) {
    this.#clock = clock
    this.#send = send
  }

  ask(ask: ListAsk): Promise<Asked<ListPage>> {
    if (this.#ended) return Promise.resolve({ none: 'notReady' })
    if (this.#waiting.size >= WAITING_MAX) return Promise.resolve({ none: 'tooMany' })
    const number = this.#asked++
    return new Promise((resolve) => {
      const patience = this.#clock.wakeAfter(PATIENCE_MS, () => this.#settle(number, { none: 'tooSlow' }))
      this.#waiting.set(number, (answer) => {
        patience()
        resolve(answer)
      })
      this.#send(number, ask)
    })
  }

  /** @param page a text says why there is none */
  answer(number: number, page: ListPage | string): void {
    this.#settle(number, typeof page === 'string' ? { none: 'notReady' } : { page })
  }

  /** Nobody answers any more. */
  end(): void {
    this.#ended = true
    for (const number of this.#waiting.keys()) this.#settle(number, { none: 'notReady' })
  }

  #settle(number: number, answer: Asked<ListPage>): void {
    const settle = this.#waiting.get(number)
    this.#waiting.delete(number)
    settle?.(answer)
  }
}
