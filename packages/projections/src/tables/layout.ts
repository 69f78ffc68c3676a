import type { ListTable } from '@dujiang/chain'
import { blocksTable, receiptsTable } from './standard.ts'

/** The schema all tables stand in; a rebuild drops it whole. */
export const SCHEMA = 'dujiang'

/** The texts of receipts, by index: apart, so that whoever goes through many receipts reads narrow rows. */
export const TEXTS_TABLE = `${SCHEMA}.receipt_texts`
export const TEXTS = ['receipt_text', 'events_text', 'act_text'] as const

const NAME = /^[a-z][a-z0-9_]*$/

/** A name as SQL takes it. Names come from code alone; what is not plain would be a mistake there. */
export function quoted(name: string): string {
  if (!NAME.test(name)) throw new Error(`${name} is no name for a table or column`)
  return `"${name}"`
}

export const tableName = ({ name }: Pick<ListTable, 'name'>): string => `${SCHEMA}.${quoted(name)}`

export const columnList = (names: readonly string[], prefix = ''): string =>
  names.map((name) => `${prefix}${quoted(name)}`).join(', ')

/** What rows are listed by: it tells them apart. */
export const orderOf = ({ sortedBy, key }: ListTable): readonly string[] => [
  ...sortedBy,
  ...key.filter((name) => !sortedBy.includes(name)),
]

/** The statements that make all tables, empty. */
export function layout(tables: readonly ListTable[]): readonly string[] {
  return [
    `CREATE SCHEMA ${SCHEMA}`,
    `CREATE TABLE ${SCHEMA}.cursor (
      one boolean PRIMARY KEY, made_from text, first bigint, next bigint, last_id text, run text)`,
    ...tables.flatMap(tableLayout),
    `CREATE TABLE ${TEXTS_TABLE} (index bigint PRIMARY KEY, ${TEXTS.map((name) => `${name} text`).join(', ')})`,
    // A time is looked up among the blocks, which are few.
    `CREATE INDEX ON ${tableName(blocksTable)} (time)`,
    `CREATE UNIQUE INDEX ON ${tableName(receiptsTable)} (id)`,
    `CREATE INDEX ON ${tableName(receiptsTable)} (index) WHERE code <> 0`,
  ]
}

function tableLayout(table: ListTable): readonly string[] {
  // Bytes have one order; the order of a language differs from server to server.
  const typeOf = { text: 'text COLLATE "C"', integer: 'bigint' } as const
  const columns = [
    ...table.columns.map(({ name, type }) => `${quoted(name)} ${typeOf[type]}`),
    // The receipt that made the row, the seal it is under, and whose it is.
    ...(table.sealed ? ['made_by bigint', `seal ${typeOf.text}`, `seal_org ${typeOf.text}`] : []),
    `PRIMARY KEY (${columnList(table.key)})`,
  ]
  const order = orderOf(table)
  const listed = table.sortedBy.length === 0 ? [] : [order]
  const found = table.columns
    .filter(({ name, filter }) => filter === true && name !== order[0])
    .map(({ name }) => [name, ...order.filter((each) => each !== name)])
  return [
    `CREATE TABLE ${tableName(table)} (${columns.join(', ')})`,
    ...[...listed, ...found].map((names) => `CREATE INDEX ON ${tableName(table)} (${columnList(names)})`),
  ]
}
