import type { About, Fed, ListRow } from '@dujiang/chain'
import type { Queries } from '../database/database.ts'
import { TEXTS, TEXTS_TABLE, columnList, tableName } from '../tables/layout.ts'
import { blocksTable, receiptsTable } from '../tables/standard.ts'
import type { FedTexts } from './feed.ts'
import { putRows } from './write.ts'

/** A receipt with all that is derived from it alone. */
export interface Derived {
  readonly fed: Fed
  readonly about: About
  readonly texts: FedTexts
}

const columns = [...receiptsTable.columns.map(({ name }) => name), 'made_by', 'seal', 'seal_org']

/** Rows of the tables that do not depend on the Application. */
export async function writeReceipts(queries: Queries, derived: readonly Derived[]): Promise<void> {
  await Promise.all([
    putRows(queries, receiptsTable, columns, derived.map(receiptRow)),
    writeTexts(queries, derived),
    writeBlocks(queries, derived),
  ])
}

async function writeBlocks(queries: Queries, derived: readonly Derived[]): Promise<void> {
  const blocks = new Map<number, { height: number; time: number; first_index: number; receipts: number }>()
  for (const { fed } of derived) {
    const { height, time, index } = fed.receipt
    const block = blocks.get(height) ?? { height, time, first_index: index, receipts: 0 }
    block.receipts += 1
    blocks.set(height, block)
  }
  const names = columnList(blocksTable.columns.map(({ name }) => name))
  const table = tableName(blocksTable)
  // A block's receipts may come in two batches.
  await queries.query(
    `INSERT INTO ${table} AS old (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${table}, $1::text::json)` +
      ' ON CONFLICT (height) DO UPDATE SET receipts = old.receipts + EXCLUDED.receipts',
    [JSON.stringify([...blocks.values()])],
  )
}

function receiptRow({ fed: { receipt }, about }: Derived): ListRow {
  const { index, id, height, time, kind, act, org, code, refusal } = receipt
  return {
    index,
    id,
    height,
    time,
    kind,
    act,
    org,
    code,
    refusal: refusal?.name,
    session: about.session,
    unit: about.unit,
    ...sealedColumns(receipt, about),
  }
}

/** Texts are canonical JSON: they have no character that PostgreSQL does not take. */
async function writeTexts(queries: Queries, derived: readonly Derived[]): Promise<void> {
  const names = columnList(['index', ...TEXTS])
  const rows = derived.map(({ fed, texts: { receipt, events, act } }) => {
    return { index: fed.receipt.index, receipt_text: receipt, events_text: events, act_text: act }
  })
  await queries.query(
    `INSERT INTO ${TEXTS_TABLE} (${names}) SELECT ${names} FROM json_populate_recordset(NULL::${TEXTS_TABLE}, $1::text::json)`,
    [JSON.stringify(rows)],
  )
}

/** What a sealed table adds to a row that this receipt makes. */
export const sealedColumns = ({ index, org }: Fed['receipt'], { seal }: About): ListRow => ({
  made_by: index,
  seal,
  seal_org: seal === undefined ? undefined : org,
})
