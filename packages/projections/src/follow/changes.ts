import type { ListChange, ListRow, ListTable } from '@dujiang/chain'

/** What a batch does to one table: first these rows are dropped, then set where they are there, then put. */
export interface TableChanges {
  readonly table: ListTable
  readonly drops: ListRow[]
  readonly puts: Map<string, ListRow>
  readonly sets: Map<string, ListRow>
}

/**
 * Gathers the changes of many receipts, so that each table is written to a few times and not a few thousand. What is dropped
 * or set after it was put in the same batch is so at once.
 */
export class Changes {
  readonly #byTable: ReadonlyMap<string, TableChanges>

  constructor(tables: readonly ListTable[]) {
    this.#byTable = new Map(
      tables.map((table) => [table.name, { table, drops: [], puts: new Map(), sets: new Map() }] as const),
    )
  }

  add(change: ListChange): void {
    const changes = this.#byTable.get(change.table)
    if (changes === undefined) throw new Error(`no table ${change.table}`)
    const { table, puts, sets } = changes
    if (change.kind === 'drop') return drop(changes, change.where)
    const { row } = change
    const key = keyOf(table, row)
    const rows = change.kind === 'put' || puts.has(key) ? puts : sets
    rows.set(key, { ...rows.get(key), ...row })
  }

  get tables(): readonly TableChanges[] {
    return [...this.#byTable.values()]
  }
}

/** Rows are dropped by their key, or a part of it: else what is put only in part could not be judged. */
function drop({ table, drops, puts, sets }: TableChanges, where: ListRow): void {
  const names = Object.keys(where)
  if (names.some((name) => !table.key.includes(name))) throw new Error(`rows of ${table.name} are dropped by their key`)
  drops.push(where)
  for (const rows of [puts, sets]) {
    for (const [key, row] of rows) if (names.every((name) => row[name] === where[name])) rows.delete(key)
  }
}

function keyOf({ name, key }: ListTable, row: ListRow): string {
  if (key.some((column) => row[column] === undefined)) throw new Error(`a row of ${name} has no key`)
  return JSON.stringify(key.map((column) => row[column]))
}
