import type { ApplicationLists } from '@dujiang/chain'
import { type Database, Projector, TakenOver, openDatabase, readList, tablesOf } from '@dujiang/projections'
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts'
import { WorkerFeed } from './worker-feed.ts'

const RETRY_MS_MIN = 500
const RETRY_MS_MAX = 30_000

/**
 * On the projections' thread: follows the ledger for as long as it is let, whatever becomes of the database meanwhile.
 * Rules PRN-3 to PRN-5.
 */
export class Follower {
  readonly #data: WorkerData
  readonly #lists: ApplicationLists
  readonly #say: (message: FromWorker) => void
  readonly #feed: WorkerFeed
  #database: Database | undefined
  #rebuilding = false
  #closing = false
  #endRest: () => void = () => undefined

  constructor(data: WorkerData, lists: ApplicationLists, say: (message: FromWorker) => void) {
    this.#data = data
    this.#lists = lists
    this.#say = say
    this.#feed = new WorkerFeed(data, say)
  }

  take(message: ToWorker): void {
    switch (message.kind) {
      case 'list':
        void this.#list(message)
        return
      case 'close':
        this.#closing = true
        this.#endRest()
        return this.#feed.wake()
      case 'rebuild':
        this.#rebuilding = true
        return this.#feed.wake()
      case 'grown':
        return this.#feed.wake()
      case 'receipts':
      case 'stateRows':
      case 'fault':
        return this.#feed.take(message)
    }
  }

  /** Resolves when it has been closed, or when another node has taken over the database. */
  async run(): Promise<void> {
    for (let retryMs = RETRY_MS_MIN; !this.#closing; retryMs = Math.min(retryMs * 2, RETRY_MS_MAX)) {
      try {
        this.#database = await openDatabase(this.#data.place)
        const projector = await Projector.open(this.#database, this.#feed, this.#lists, this.#data.run)
        retryMs = RETRY_MS_MIN
        await this.#follow(projector)
      } catch (cause) {
        this.#say({ kind: 'trouble', message: wordsOf(cause) })
        if (cause instanceof TakenOver) return
        await this.#rest(retryMs)
      } finally {
        await this.#letGo()
      }
    }
  }

  async #follow(projector: Projector): Promise<void> {
    this.#say({ kind: 'stands', next: projector.next })
    while (!this.#closing) {
      if (this.#rebuilding) {
        await projector.rebuild()
        this.#rebuilding = false
        this.#say({ kind: 'stands', next: projector.next })
        this.#say({ kind: 'rebuilt' })
      }
      const last = await projector.step()
      if (last !== undefined) this.#say({ kind: 'stands', next: projector.next, timeMs: last.time })
      else if (!this.#closing && !this.#rebuilding) await this.#feed.grown(projector.next)
    }
  }

  async #list({ number, ask }: Extract<ToWorker, { kind: 'list' }>): Promise<void> {
    try {
      if (this.#database === undefined) throw new Error('the database is not open')
      this.#say({ kind: 'page', number, page: await readList(this.#database, tablesOf(this.#lists), ask) })
    } catch (cause) {
      this.#say({ kind: 'noPage', number, message: wordsOf(cause) })
    }
  }

  #rest(ms: number): Promise<void> {
    if (this.#closing) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#endRest = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** A server that does not answer may not answer to this either. */
  async #letGo(): Promise<void> {
    const database = this.#database
    this.#database = undefined
    await database?.close().catch(() => undefined)
  }
}

/** Without what a connection string may have in it. */
const wordsOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/postgres(?:ql)?:\/\/\S+/g, 'postgres://…')
