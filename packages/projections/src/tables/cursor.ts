import type { ListTable } from '@dujiang/chain'
import type { Database, Queries } from '../database/database.ts'
import { SCHEMA, layout } from './layout.ts'

/** How far the tables have come. */
export interface Cursor {
  /** The first receipt that is in them, and the first that is not yet. */
  readonly first: number
  readonly next: number
  /** Id of the last one in them; empty when there is none. */
  readonly lastId: string
}

interface CursorRow {
  readonly [column: string]: string | number
  readonly made_from: string
  readonly first: number
  readonly next: number
  readonly last_id: string
}

/** Somebody else writes to these tables since. */
export class TakenOver extends Error {
  constructor() {
    super('another node has taken over this database')
    this.name = 'TakenOver'
  }
}

/** The tables' cursor, when they were made from `madeFrom`; undefined when they have to be made anew. Rule PRJ-3. */
export async function readCursor(database: Queries, madeFrom: string): Promise<Cursor | undefined> {
  const [there] = await database.query<{ at: string | null }>(`SELECT to_regclass('${SCHEMA}.cursor')::text AS at`)
  if (there?.at === null || there === undefined) return undefined
  const [row] = await database.query<CursorRow>(`SELECT made_from, first, next, last_id FROM ${SCHEMA}.cursor`)
  return row?.made_from === madeFrom ? { first: row.first, next: row.next, lastId: row.last_id } : undefined
}

/** Drops whatever there is and makes the tables, empty. */
export async function makeTables(
  database: Database,
  tables: readonly ListTable[],
  madeFrom: string,
  first: number,
): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query(`DROP SCHEMA IF EXISTS ${SCHEMA} CASCADE`)
    for (const statement of layout(tables)) await queries.query(statement)
    const row = `INSERT INTO ${SCHEMA}.cursor VALUES (true, $1, $2, $2, '', '')`
    await queries.query(row, [madeFrom, first])
  })
}

/** From here on `run` alone may move the cursor. */
export async function takeOver(database: Queries, run: string): Promise<void> {
  await database.query(`UPDATE ${SCHEMA}.cursor SET run = $1`, [run])
}

/** Moves it within the transaction that writes the rows. Throws {@link TakenOver} when another run has begun. Rule PRJ-4. */
export async function moveCursor(queries: Queries, run: string, next: number, lastId: string): Promise<void> {
  const sql = `UPDATE ${SCHEMA}.cursor SET next = $2, last_id = $3 WHERE run = $1 RETURNING next`
  const moved = await queries.query(sql, [run, next, lastId])
  if (moved.length === 0) throw new TakenOver()
}

export async function nextOf(database: Queries): Promise<number> {
  const [row] = await database.query<{ next: number }>(`SELECT next FROM ${SCHEMA}.cursor`)
  return row?.next ?? 0
}
