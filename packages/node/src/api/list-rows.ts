import type { ListTable } from '@dujiang/chain'
import type { Row } from '@dujiang/projections'

/** A column's name as a field of JSON: `gate_ms` is `gateMs`. */
export const fieldName = (column: string): string =>
  column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** A row as JSON has it; what is absent is not named. */
export function fieldsOf({ columns }: ListTable, row: Row): { readonly [field: string]: string | number } {
  const fields: Record<string, string | number> = {}
  for (const { name } of columns) {
    const value = row[name]
    if (typeof value === 'string' || typeof value === 'number') fields[fieldName(name)] = value
  }
  return fields
}
