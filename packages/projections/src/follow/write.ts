import type { ListRow, ListTable } from '@dujiang/chain'
import type { Queries, Value } from '../database/database.ts'
import { columnList, quoted, tableName } from '../tables/layout.ts'
import type { Amendment, Changes, TableChanges } from './changes.ts'

/** Rows a statement takes at most. */
const ROWS_MAX = 1_000

/** Writes what was gathered, stage by stage; to tables of their own without waiting for one another: a server is told all at once. */
export async function writeChanges(queries: Queries, { stages }: Changes): Promise<void> {
  for (const { tables, amendment } of stages) {
    await Promise.all(tables.map((each) => writeTable(queries, each)))
    if (amendment !== undefined) await amendRows(queries, amendment)
  }
}

async function writeTable(queries: Queries, { table, drops, puts, sets }: TableChanges): Promise<void> {
  for (const where of drops) await dropRows(queries, table, where)
  for (const [columns, rows] of byColumns(sets.values())) await setRows(queries, table, columns, rows)
  for (const [columns, rows] of byColumns(puts.values())) await putRows(queries, table, columns, rows)
}

export async function putRows(
  queries: Queries,
  table: ListTable,
  columns: readonly string[],
  rows: readonly ListRow[],
): Promise<void> {
  const others = columns.filter((name) => !table.key.includes(name))
  const known = others.map((name) => `${quoted(name)} = EXCLUDED.${quoted(name)}`).join(', ')
  const sql =
    `INSERT INTO ${tableName(table)} (${columnList(columns)}) SELECT ${columnList(columns)} FROM ${rowsOf(table)}` +
    ` ON CONFLICT (${columnList(table.key)}) DO ${known === '' ? 'NOTHING' : `UPDATE SET ${known}`}`
  for (const text of texts(rows)) await queries.query(sql, [text])
}

async function setRows(
  queries: Queries,
  table: ListTable,
  columns: readonly string[],
  rows: readonly ListRow[],
): Promise<void> {
  const others = columns.filter((name) => !table.key.includes(name))
  const known = others.map((name) => `${quoted(name)} = given.${quoted(name)}`).join(', ')
  const same = table.key.map((name) => `old.${quoted(name)} = given.${quoted(name)}`).join(' AND ')
  const sql = `UPDATE ${tableName(table)} AS old SET ${known} FROM ${rowsOf(table)} AS given WHERE ${same}`
  for (const text of texts(rows)) await queries.query(sql, [text])
}

async function dropRows(queries: Queries, table: ListTable, where: ListRow): Promise<void> {
  const [same, values] = pairs(where)
  await queries.query(`DELETE FROM ${tableName(table)} WHERE ${same.join(' AND ')}`, values)
}

async function amendRows(queries: Queries, { table, where, row }: Amendment): Promise<void> {
  const [known, values] = pairs(row)
  const [same, those] = pairs(where, values.length)
  const sql = `UPDATE ${tableName(table)} SET ${known.join(', ')} WHERE ${same.join(' AND ')}`
  await queries.query(sql, [...values, ...those])
}

/** What each column equals, as SQL, and the values it names from the `before`th on. */
function pairs(row: ListRow, before = 0): readonly [equal: readonly string[], values: readonly Value[]] {
  const names = Object.keys(row)
  return [
    names.map((name, at) => `${quoted(name)} = $${before + at + 1}`),
    names.map((name) => clean(row[name] as string | number)),
  ]
}

/** All rows of a statement are one parameter: with one for each value, most of the time would go into binding them. */
const rowsOf = (table: ListTable): string => `json_populate_recordset(NULL::${tableName(table)}, $1::text::json)`

function* texts(rows: readonly ListRow[]): Iterable<string> {
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    yield JSON.stringify(rows.slice(from, from + ROWS_MAX), (_, value: unknown) =>
      typeof value === 'string' || typeof value === 'number' ? clean(value) : value,
    )
  }
}

/** PostgreSQL has no text with the character 0, nor with half a pair of surrogates; and integers alone are exact. Rule PRJ-9. */
function clean(value: string | number): string | number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null
  return value.toWellFormed().replaceAll('\0', '\u{fffd}')
}

/** Rows that name the same columns, together. */
function byColumns(rows: Iterable<ListRow>): Iterable<readonly [readonly string[], readonly ListRow[]]> {
  const groups = new Map<string, { readonly columns: readonly string[]; readonly rows: ListRow[] }>()
  for (const row of rows) {
    const columns = Object.keys(row).filter((name) => row[name] !== undefined)
    const name = columns.sort().join()
    const group = groups.get(name) ?? { columns, rows: [] }
    if (group.rows.length === 0) groups.set(name, group)
    group.rows.push(row)
  }
  return [...groups.values()].map((group) => [group.columns, group.rows] as const)
}
