import type { ListTable } from '@dujiang/chain'
import type { Queries, Row, Value } from '../database/database.ts'
import type { FedTexts } from '../follow/feed.ts'
import { nextOf } from '../tables/cursor.ts'
import { TEXTS, TEXTS_TABLE, columnList, orderOf, quoted, tableName } from '../tables/layout.ts'
import { type ListAsk, type ListPage, type ListedRow, ROWS_COUNTED_MAX } from './ask.ts'
import { Conditions } from './conditions.ts'

/** A page of a table. Rules PRJ-7, PRJ-8 and PRJ-11. */
export async function readList(database: Queries, tables: readonly ListTable[], ask: ListAsk): Promise<ListPage> {
  const table = tables.find(({ name }) => name === ask.table)
  if (table === undefined) throw new Error(`no table ${ask.table}`)
  const upTo = await nextOf(database)
  const conditions = new Conditions(table, ask)
  const count = ask.counts === true ? { count: await countRows(database, table, conditions) } : {}
  const names = table.columns.map(({ name }) => name)
  const rows = await database.query(pageSql(table, names, conditions, ask), conditions.values)
  const shown = rows.slice(0, ask.limit).map((row) => listed(table, names, row))
  const last = shown.at(-1)
  const place = orderOf(table)
  const next = rows.length > ask.limit && last !== undefined ? place.map((name) => last.row[name] as Value) : undefined
  return { rows: shown, upTo, ...count, ...(next === undefined ? {} : { next }) }
}

/** The texts are looked up for the rows of the page alone, not for those that are skipped. */
function pageSql(
  table: ListTable,
  names: readonly string[],
  { sql }: Conditions,
  { limit, skip = 0 }: ListAsk,
): string {
  const direction = table.newestFirst ? ' DESC' : ''
  const order = ` ORDER BY ${orderOf(table)
    .map((name) => `t.${quoted(name)}${direction}`)
    .join(', ')}`
  const columns = columnList(table.sealed ? [...names, 'made_by'] : names, 't.')
  // One more than is shown tells whether there is more.
  const bounds = ` LIMIT ${Math.trunc(limit) + 1}${skip === 0 ? '' : ` OFFSET ${Math.trunc(skip)}`}`
  const page = `SELECT ${columns} FROM ${tableName(table)} AS t${sql}${order}${bounds}`
  if (!table.sealed) return page
  const texts = `${columnList(names, 't.')}, ${columnList(TEXTS, 'r.')}`
  return `SELECT ${texts} FROM (${page}) AS t JOIN ${TEXTS_TABLE} AS r ON r.index = t.made_by${order}`
}

async function countRows(database: Queries, table: ListTable, { sql, values }: Conditions): Promise<number> {
  const some = `SELECT 1 FROM ${tableName(table)} AS t${sql} LIMIT ${ROWS_COUNTED_MAX}`
  const [row] = await database.query<{ count: number }>(`SELECT count(*) AS count FROM (${some}) AS counted`, values)
  return row?.count ?? 0
}

function listed(table: ListTable, names: readonly string[], given: Row): ListedRow {
  const row = Object.fromEntries(names.map((name) => [name, given[name] as Value]))
  if (!table.sealed) return { row }
  const {
    receipt_text: receipt,
    events_text: events,
    act_text: act,
  } = given as { readonly [text: string]: string | null }
  const made = { receipt, events } as FedTexts
  return { row, made: typeof act === 'string' ? { ...made, act } : made }
}
