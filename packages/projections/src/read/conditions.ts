import type { ListTable } from '@dujiang/chain'
import type { Value } from '../database/database.ts'
import { columnList, orderOf, quoted, tableName } from '../tables/layout.ts'
import { blocksTable } from '../tables/standard.ts'
import type { ListAsk, ReceiptsAsk } from './ask.ts'

/** What comes after every text that begins with another: the largest character of the plane in which all ids lie. */
const BEYOND = '\u{ffff}'

/** The conditions of a question as SQL, and the values they name. */
export class Conditions {
  readonly values: Value[] = []
  readonly #parts: string[] = []

  constructor(table: ListTable, { equals, receipts, viewer, seals, after }: ListAsk) {
    for (const [name, value] of Object.entries(equals)) this.#parts.push(`t.${quoted(name)} = ${this.#value(value)}`)
    if (receipts !== undefined) this.#addReceipts(receipts)
    if (table.sealed) this.#addSeals(viewer, seals)
    if (after !== undefined) this.#addAfter(table, after)
  }

  get sql(): string {
    return this.#parts.length === 0 ? '' : ` WHERE ${this.#parts.join(' AND ')}`
  }

  #value(value: Value): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  #addReceipts({ idPrefix, declined, fromMs, untilMs }: ReceiptsAsk): void {
    if (idPrefix !== undefined) {
      this.#parts.push(`t.id >= ${this.#value(idPrefix)} AND t.id < ${this.#value(idPrefix + BEYOND)}`)
    }
    if (declined !== undefined) this.#parts.push(declined ? 't.code <> 0' : 't.code = 0')
    // Receipts of a block lie together, so a time is a place in the log.
    const firstSince = (ms: number): string =>
      `(SELECT first_index FROM ${tableName(blocksTable)} WHERE time >= ${this.#value(ms)} ORDER BY time, height LIMIT 1)`
    if (fromMs !== undefined) this.#parts.push(`t.index >= ${firstSince(fromMs)}`)
    if (untilMs !== undefined) {
      const end = firstSince(untilMs)
      this.#parts.push(`t.index < COALESCE(${end}, ${Number.MAX_SAFE_INTEGER})`)
    }
  }

  #addSeals(viewer: string | undefined, seals: readonly string[]): void {
    if (seals.length === 0) return
    const closed = `t.seal IN (SELECT json_array_elements_text(${this.#value(JSON.stringify(seals))}::text::json))`
    const others = viewer === undefined ? '' : ` AND t.seal_org <> ${this.#value(viewer)}`
    this.#parts.push(`(t.seal IS NULL OR NOT (${closed}${others}))`)
  }

  #addAfter(table: ListTable, after: readonly Value[]): void {
    const names = orderOf(table)
    const values = names.map((_, at) => this.#value(after[at] ?? null))
    this.#parts.push(`(${columnList(names, 't.')}) ${table.newestFirst ? '<' : '>'} (${values.join(', ')})`)
  }
}
