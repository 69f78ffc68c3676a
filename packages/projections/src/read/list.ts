import type { ListTable } from '@dujiang/chain'
import type { Queries, Row, Value } from '../database/database.ts'
import type { FedTexts } from '../follow/feed.ts'
import { nextOf } from '../tables/cursor.ts'
import { TEXTS, TEXTS_TABLE, columnList, orderOf, quoted, tableName } from '../tables/layout.ts'
import type { ListAsk, ListPage, ListedRow } from './ask.ts'
import { Conditions } from './conditions.ts'

/** A page of a table. Rules PRJ-7 and PRJ-8. */
export async function readList(database: Queries, tables: readonly ListTable[], ask: ListAsk): Promise<ListPage> {
  const table = tables.find(({ name }) => name === ask.table)
  if (table === undefined) throw new Error(`no table ${ask.table}`)
  const upTo = await nextOf(database)
  const conditions = new Conditions(table, ask)
  const names = table.columns.map(({ name }) => name)
  const made = table.sealed ? `, ${columnList(TEXTS, 'r.')}` : ''
  const join = table.sealed ? ` JOIN ${TEXTS_TABLE} AS r ON r.index = t.made_by` : ''
  const direction = table.newestFirst ? ' DESC' : ''
  const order = orderOf(table)
  const sorted = order.map((name) => `t.${quoted(name)}${direction}`).join(', ')
  const rows = await database.query(
    `SELECT ${columnList(names, 't.')}${made} FROM ${tableName(table)} AS t${join}${conditions.sql}` +
      // One more than is shown tells whether there is more.
      ` ORDER BY ${sorted} LIMIT ${Math.trunc(ask.limit) + 1}`,
    conditions.values,
  )
  const shown = rows.slice(0, ask.limit).map((row) => listed(table, names, row))
  const last = shown.at(-1)
  const next = rows.length > ask.limit && last !== undefined ? order.map((name) => last.row[name] as Value) : undefined
  return { rows: shown, upTo, ...(next === undefined ? {} : { next }) }
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
