/** Somebody who types makes one draft, not one a key. */
const QUIET_MS = 300

/** Where a draft is kept. */
export interface DraftStore {
  /** When it was kept, UTC milliseconds. */
  readonly keep: (value: unknown) => Promise<number>
  readonly drop: () => Promise<void>
}

interface Waiting {
  readonly value: unknown
  readonly timer: ReturnType<typeof setTimeout>
}

/** Writes one draft, one after another, the last one last. */
export class DraftWriter {
  readonly #store: DraftStore
  readonly #onKept: (keptMs: number | undefined) => void
  #waiting: Waiting | undefined
  /** What stands in the form; undefined once it is no draft any more. */
  #newest: Waiting | undefined
  #last: Promise<unknown> = Promise.resolve()

  /** @param onKept told when what stands in the form was kept, and undefined while it has not been */
  constructor(store: DraftStore, onKept: (keptMs: number | undefined) => void) {
    this.#store = store
    this.#onKept = onKept
  }

  keep(value: unknown): void {
    clearTimeout(this.#waiting?.timer)
    this.#newest = this.#waiting = { value, timer: setTimeout(() => this.flush(), QUIET_MS) }
    this.#onKept(undefined)
  }

  flush(): void {
    const waiting = this.#waiting
    if (waiting === undefined) return
    clearTimeout(waiting.timer)
    this.#waiting = undefined
    this.#then(async () => {
      const keptMs = await this.#store.keep(waiting.value)
      // Where something else has been typed meanwhile, that has not been kept yet.
      if (this.#newest === waiting) this.#onKept(keptMs)
    })
  }

  drop(): void {
    clearTimeout(this.#waiting?.timer)
    this.#newest = this.#waiting = undefined
    this.#onKept(undefined)
    this.#then(() => this.#store.drop())
  }

  /** A browser that keeps nothing says so by `keptMs`, which stays undefined: the tab asks before it is closed. */
  #then(write: () => Promise<void>): void {
    this.#last = this.#last.then(write).catch(() => {})
  }
}
