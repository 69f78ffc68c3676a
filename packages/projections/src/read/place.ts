import type { ListTable } from '@dujiang/chain'
import type { Value } from '../database/database.ts'
import { orderOf } from '../tables/layout.ts'

/** Where a page ended, as one word for a query string. */
export const writePlace = (place: readonly Value[]): string => Buffer.from(JSON.stringify(place)).toString('base64url')

/** The place again; undefined when it is none of this table. */
export function readPlace(table: ListTable, text: string): readonly Value[] | undefined {
  const place = parsed(Buffer.from(text, 'base64url').toString())
  const names = orderOf(table)
  if (!Array.isArray(place) || place.length !== names.length) return undefined
  const types = names.map((name) => table.columns.find((column) => column.name === name)?.type)
  const fits = place.every((value, at) => (types[at] === 'integer' ? Number.isSafeInteger(value) : isText(value)))
  return fits ? (place as readonly Value[]) : undefined
}

/** One that PostgreSQL takes. */
const isText = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed() && !value.includes('\0')

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
