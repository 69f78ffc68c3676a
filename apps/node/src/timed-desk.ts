import type { Json } from '@dujiang/core/codec'
import type { Answer, Desk, Errand } from '@dujiang/testing/province'

/** A desk that notes how long an act takes from its signing to its receipt. */
export class TimedDesk implements Desk {
  readonly #desk: Desk
  #acts = 0
  #tookMs = 0

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** On the average of all that were sent; of many at once each takes its part. */
  get actMs(): number {
    return this.#acts === 0 ? 0 : this.#tookMs / this.#acts
  }

  async send(errands: readonly Errand[]): Promise<readonly Answer[]> {
    const beganMs = performance.now()
    const answers = await this.#desk.send(errands)
    this.#tookMs += performance.now() - beganMs
    this.#acts += errands.length
    return answers
  }

  nowMs(): number {
    return this.#desk.nowMs()
  }

  waitUntil(timeMs: number): Promise<void> {
    return this.#desk.waitUntil(timeMs)
  }

  row(key: string): Promise<Json | undefined> {
    return this.#desk.row(key)
  }

  rowWhen(key: string, wished: (row: Json | undefined) => boolean): Promise<Json> {
    return this.#desk.rowWhen(key, wished)
  }
}
