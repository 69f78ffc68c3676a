import type { ApplicationLists, ListTable, Receipt, StateCopy } from '@dujiang/chain'
import type { Database, Queries } from '../database/database.ts'
import { type Cursor, makeTables, moveCursor, readCursor, takeOver } from '../tables/cursor.ts'
import { layout } from '../tables/layout.ts'
import { standardTables } from '../tables/standard.ts'
import { Changes } from './changes.ts'
import { readFed } from './fed.ts'
import type { Feed, FedTexts } from './feed.ts'
import { type Derived, sealedColumns, writeReceipts } from './receipt-rows.ts'
import { writeChanges } from './write.ts'

/** Raised when this package gives other rows for the same receipts. */
const VERSION = 1

/** Carries receipts from the log into tables, in order, each once. Rules PRJ-2 to PRJ-6. */
export class Projector {
  readonly #database: Database
  readonly #feed: Feed
  readonly #lists: ApplicationLists
  readonly #tables: readonly ListTable[]
  readonly #run: string
  #cursor: Cursor

  private constructor(database: Database, feed: Feed, lists: ApplicationLists, run: string, cursor: Cursor) {
    this.#database = database
    this.#feed = feed
    this.#lists = lists
    this.#tables = tablesOf(lists)
    this.#run = run
    this.#cursor = cursor
  }

  /** Goes on where the tables stand, or makes them anew where they are of another ledger or another version. @param run a name no other run has */
  static async open(database: Database, feed: Feed, lists: ApplicationLists, run: string): Promise<Projector> {
    const madeFrom = sourceOf(feed.chain, lists)
    const found = await readCursor(database, madeFrom)
    const nowhere = { first: feed.firstReceipt, next: feed.firstReceipt, lastId: '' }
    const projector = new Projector(database, feed, lists, run, found ?? nowhere)
    if (found === undefined || !(await follows(feed, found))) await projector.rebuild()
    else await takeOver(database, run)
    return projector
  }

  /** Index of the first receipt that is not in the tables yet. */
  get next(): number {
    return this.#cursor.next
  }

  /** Drops everything and begins anew with the first receipt there is. */
  async rebuild(): Promise<void> {
    const { chain, firstReceipt: first } = this.#feed
    await makeTables(this.#database, this.#tables, sourceOf(chain, this.#lists), first)
    await takeOver(this.#database, this.#run)
    this.#cursor = { first, next: first, lastId: '' }
  }

  /** Takes in what there is, as far as it comes at once, and gives the last of it; undefined when there was nothing. */
  async step(): Promise<Receipt | undefined> {
    const texts = await this.#feed.receipts(this.next)
    const last = texts.at(-1)
    if (last === undefined) return undefined
    const derived = texts.map((each) => this.#derive(each))
    const { receipt } = (derived.at(-1) as Derived).fed
    const { index, id } = receipt
    await this.#database.transaction(async (queries) => {
      await this.#write(queries, derived)
      await moveCursor(queries, this.#run, index + 1, id)
    })
    this.#cursor = { ...this.#cursor, next: index + 1, lastId: id }
    return receipt
  }

  #derive(texts: FedTexts): Derived {
    const fed = readFed(texts)
    return { fed, about: this.#lists.about(fed), texts }
  }

  async #write(queries: Queries, derived: readonly Derived[]): Promise<void> {
    const changes = new Changes(this.#tables)
    const sealed = new Set(this.#tables.filter((table) => table.sealed).map(({ name }) => name))
    const copies = new Map<string, StateCopy>()
    for (const { fed, about } of derived) {
      for (const change of this.#lists.changes(fed)) {
        const isMade = change.kind === 'put' && sealed.has(change.table)
        changes.add(isMade ? { ...change, row: { ...change.row, ...sealedColumns(fed.receipt, about) } } : change)
      }
      for (const copy of this.#lists.copies(fed)) copies.set(copy.at, copy)
    }
    await Promise.all([writeReceipts(queries, derived), writeChanges(queries, changes)])
    for (const copy of copies.values()) await this.#copy(queries, copy)
  }

  /** The state may be further than this receipt: then a later receipt has it read again. Rule PRJ-6. */
  async #copy(queries: Queries, copy: StateCopy): Promise<void> {
    let after: string | undefined
    for (let more = true; more; ) {
      const part = await this.#feed.stateRows(copy.at, after)
      const changes = new Changes(this.#tables)
      if (after === undefined) for (const change of copy.replaces) changes.add(change)
      for (const [key, value] of part.rows) for (const change of copy.changes(key, value)) changes.add(change)
      await writeChanges(queries, changes)
      after = part.rows.at(-1)?.[0]
      more = part.more && after !== undefined
    }
  }
}

export const tablesOf = (lists: ApplicationLists): readonly ListTable[] => [...standardTables, ...lists.tables]

/** What the rows depend on beside the receipts. */
const sourceOf = (chain: string, lists: ApplicationLists): string =>
  JSON.stringify({ chain, version: VERSION, lists: lists.version, layout: layout(tablesOf(lists)) })

/** Do the tables hold receipts of this very log, from the first that it has? Rule PRJ-3. */
async function follows(feed: Feed, { first, next, lastId }: Cursor): Promise<boolean> {
  if (first > feed.firstReceipt) return false
  if (lastId === '') return true
  const [last] = await feed.receipts(next - 1)
  return last !== undefined && readFed(last).receipt.id === lastId
}
