import type { PassingTime } from '../support/passing-time.ts'

interface Waiting {
  readonly timeMs: number
  readonly go: () => void
}

/** Where sessions that are held at the same time wait for their openings, and then for their gates: time passes when the test lets it. */
export class Gates {
  readonly #time: PassingTime
  #waiting: Waiting[] = []
  #tell = (): void => {}

  constructor(time: PassingTime) {
    this.#time = time
  }

  waitUntil(timeMs: number): Promise<void> {
    return new Promise((go) => {
      this.#waiting.push({ timeMs, go })
      this.#tell()
    })
  }

  /** As soon as so many wait, it is as late as the last of them wants it. */
  async pass(count: number): Promise<void> {
    while (this.#waiting.length < count) await new Promise<void>((tell) => (this.#tell = tell))
    const waiting = this.#waiting
    this.#waiting = []
    await this.#time.passUntil(Math.max(...waiting.map(({ timeMs }) => timeMs)))
    for (const { go } of waiting) go()
  }
}
