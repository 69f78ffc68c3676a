import type { ListChange, ListRow, ListTable } from '@dujiang/chain'

/** What a batch does to one table: first these rows are dropped, then set where they are there, then put. */
export interface TableChanges {
  readonly table: ListTable
  readonly drops: ListRow[]
  readonly puts: Map<string, ListRow>
  readonly sets: Map<string, ListRow>
}

/** Rows that are found by what stands in them, once everything before has been written. */
export interface Amendment {
  readonly table: ListTable
  readonly where: ListRow
  readonly row: ListRow
}

/** Changes to all tables that may be written together, and what follows them. */
export interface Stage {
  readonly tables: readonly TableChanges[]
  readonly amendment?: Amendment
}

/**
 * Gathers the changes of many receipts, so that each table is written to a few times and not a few thousand. What is dropped
 * or set after it was put in the same batch is so at once.
 */
export class Changes {
  readonly #tables: readonly ListTable[]
  readonly #stages: Stage[] = []
  #byTable: ReadonlyMap<string, TableChanges>

  constructor(tables: readonly ListTable[]) {
    this.#tables = tables
    this.#byTable = none(tables)
  }

  add(change: ListChange): void {
    const changes = this.#byTable.get(change.table)
    if (changes === undefined) throw new Error(`no table ${change.table}`)
    const { table, puts, sets } = changes
    if (change.kind === 'drop') return drop(changes, change.where)
    if (change.kind === 'amend') return this.#amend({ table, where: change.where, row: change.row })
    const { row } = change
    const key = keyOf(table, row)
    const rows = change.kind === 'put' || puts.has(key) ? puts : sets
    rows.set(key, { ...rows.get(key), ...row })
  }

  /** In the order in which they have to be written. */
  get stages(): readonly Stage[] {
    return [...this.#stages, { tables: [...this.#byTable.values()] }]
  }

  /** Which rows it means shows only when all before is written, and what comes after it may change them again. */
  #amend(amendment: Amendment): void {
    this.#stages.push({ tables: [...this.#byTable.values()], amendment })
    this.#byTable = none(this.#tables)
  }
}

const none = (tables: readonly ListTable[]): ReadonlyMap<string, TableChanges> =>
  new Map(tables.map((table) => [table.name, { table, drops: [], puts: new Map(), sets: new Map() }] as const))

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
