import { randomUUID } from 'node:crypto'
import { type FSWatcher, existsSync, mkdirSync, rmSync, watch } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ApplicationLists, ListTable, View } from '@dujiang/chain'
import { type ListAsk, type ListPage, tablesOf } from '@dujiang/projections'
import { type Clock, realClock } from '../seams/index.ts'
import type { LedgerNode } from '../service/ledger-node.ts'
import { LedgerFeed } from './feed.ts'
import { type Asked, Questions } from './questions.ts'
import type { FromWorker, ToWorker, WorkerData } from './protocol.ts'

export interface ProjectionsOptions {
  readonly node: LedgerNode
  /** What the Application lists, and the address of the module that exports the same as `lists`. */
  readonly lists: ApplicationLists
  readonly listsModule: string
  /** May everybody see this row of the state? */
  readonly isPublic: (view: View, key: string) => boolean
  /** The node's data folder; the tables lie in `projections` there, unless there is a `url`. */
  readonly dataDir: string
  /** A PostgreSQL server, instead. */
  readonly url?: string
  readonly clock?: Clock
}

export interface ProjectionsStatus {
  /** Receipts up to this index (not included) are in the tables. */
  readonly receipts: number
  /** How many receipts are not, and how much older the newest of the tables is than the newest block. */
  readonly lag: number
  readonly lagMs: number
  /** Why it does not go on for now. */
  readonly trouble?: string
}

/** A batch under way is written before it closes; a server that does not answer is not waited for. */
const CLOSING_MS = 10_000

/** Where the tables of a data folder lie, and the file that asks for a rebuild. */
export const projectionPaths = (dataDir: string) => ({
  folder: join(dataDir, 'projections'),
  database: join(dataDir, 'projections', 'pglite'),
  rebuild: join(dataDir, 'projections', 'rebuild'),
})

/** The tables that follow a node's ledger, kept by a thread of their own. Rules: SPEC.md beside this file. */
export class Projections {
  readonly lists: ApplicationLists
  readonly tables: readonly ListTable[]
  /** Resolves when its thread runs no more, for whatever reason. */
  readonly ended: Promise<void>
  readonly #clock: Clock
  readonly #node: LedgerNode
  readonly #feed: LedgerFeed
  readonly #worker: Worker
  readonly #questions: Questions
  readonly #watcher: FSWatcher | undefined
  readonly #rebuildFile: string
  readonly #ceaseToListen: () => void
  /** Whoever waits for the tables to move. */
  #moved: (() => void)[] = []
  #waitsFor = Number.POSITIVE_INFINITY
  #next = 0
  /** Of the newest receipt in the tables; until the thread has written one, of the newest block when it was started. */
  #timeMs: number
  #trouble: string | undefined
  #rebuilding = false
  #closing = false

  constructor(options: ProjectionsOptions) {
    const { node, lists, listsModule, dataDir, url, isPublic, clock = realClock } = options
    const paths = projectionPaths(dataDir)
    this.lists = lists
    this.tables = tablesOf(lists)
    this.#clock = clock
    this.#node = node
    this.#timeMs = node.status().timeMs
    this.#feed = new LedgerFeed(node, isPublic)
    this.#questions = new Questions(clock, (number, ask) => this.#send({ kind: 'list', number, ask }))
    mkdirSync(paths.folder, { recursive: true })
    const data: WorkerData = {
      place: url === undefined ? { dir: paths.database } : { url },
      listsModule,
      chain: node.chain,
      firstReceipt: node.status().firstReceipt,
      run: randomUUID(),
    }
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: data })
    this.#worker.on('message', (message: FromWorker) => this.#take(message))
    // It ends by itself when another node has taken over; what it cannot go on from is told, and the ledger goes on.
    this.#worker.on('error', (cause) => this.#stop(cause.message))
    this.ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()))
    void this.ended.then(() => this.#stop(this.#trouble ?? 'the thread has ended'))
    this.#ceaseToListen = node.onCommit(() => this.#tellGrown())
    this.#rebuildFile = paths.rebuild
    this.#watcher = watched(paths.folder, () => this.#lookForRebuild())
    this.#lookForRebuild()
  }

  status(): ProjectionsStatus {
    const { receipts, timeMs } = this.#node.status()
    const lag = Math.max(0, receipts - this.#next)
    const trouble = this.#trouble === undefined ? {} : { trouble: this.#trouble }
    return { receipts: this.#next, lag, lagMs: lag === 0 ? 0 : Math.max(0, timeMs - this.#timeMs), ...trouble }
  }

  /** A page, or why there is none now. @param asker the address that asks: each has its share */
  list(ask: ListAsk, asker: string): Promise<Asked<ListPage>> {
    return this.#questions.ask(ask, asker)
  }

  /** Resolves when the tables hold as many receipts as the ledger has now; at once when it is closed. */
  async caughtUp(): Promise<void> {
    const { receipts } = this.#node.status()
    while (this.#next < receipts && !this.#closing) await new Promise<void>((resolve) => this.#moved.push(resolve))
  }

  /** Resolves when nothing of it runs any more. */
  async close(): Promise<void> {
    this.#closing = true
    this.#watcher?.close()
    this.#ceaseToListen()
    this.#questions.end()
    this.#send({ kind: 'close' })
    const patience = this.#clock.wakeAfter(CLOSING_MS, () => void this.#worker.terminate())
    await this.ended
    patience()
    this.#tellMoved()
  }

  #send(message: ToWorker, transfer: readonly ArrayBuffer[] = []): void {
    this.#worker.postMessage(message, [...transfer])
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'askReceipts':
        return void this.#answer(async () => {
          const packed = await this.#feed.receipts(message.from)
          this.#send({ kind: 'receipts', packed }, [packed.buffer as ArrayBuffer])
        })
      case 'askStateRows':
        return void this.#answer(() => {
          this.#send({ kind: 'stateRows', rows: this.#feed.stateRows(message.at, message.after) })
        })
      case 'waits':
        this.#waitsFor = message.size
        return this.#tellGrown()
      case 'stands':
        this.#trouble = undefined
        this.#next = message.next
        this.#timeMs = message.timeMs ?? this.#timeMs
        return this.#tellMoved()
      case 'rebuilt':
        // Whoever asked for it sees by this that it has begun; one that is asked for meanwhile has its file anew.
        rmSync(this.#rebuildFile, { force: true })
        this.#rebuilding = false
        return
      case 'page':
        return this.#questions.answer(message.number, message.page)
      case 'noPage':
        return this.#questions.answer(message.number, message.message)
      case 'trouble':
        this.#trouble = message.message
        return
    }
  }

  /** What the ledger cannot give now, it may give when it is asked again. */
  async #answer(work: () => void | Promise<void>): Promise<void> {
    try {
      await work()
    } catch (cause) {
      this.#send({ kind: 'fault', message: cause instanceof Error ? cause.message : String(cause) })
    }
  }

  #tellMoved(): void {
    const waiting = this.#moved
    this.#moved = []
    for (const moved of waiting) moved()
  }

  /** Once for each time that the thread waits: however many blocks come meanwhile, it is told once. */
  #tellGrown(): void {
    if (this.#node.status().receipts <= this.#waitsFor) return
    this.#waitsFor = Number.POSITIVE_INFINITY
    this.#send({ kind: 'grown' })
  }

  #lookForRebuild(): void {
    if (this.#closing || this.#rebuilding || !existsSync(this.#rebuildFile)) return
    this.#rebuilding = true
    this.#send({ kind: 'rebuild' })
  }

  #stop(trouble: string): void {
    if (this.#closing) return
    this.#trouble = trouble
    this.#questions.end()
  }
}

/** Where a folder cannot be watched, what it holds is seen at the next start. */
function watched(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, changed).on('error', () => undefined)
  } catch {
    return undefined
  }
}
