import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import type { Database, Queries, Row, Value } from './database.ts'
import { layOutEmpty } from './empty-pglite.ts'

type Runner = Pick<PGlite, 'query'>

const options = { parsers: { [types.INT8]: Number } }

/** A PostgreSQL in this process, in the folder `dir`. What cannot be opened there is thrown away: it can be made again. */
export async function openPglite(dir: string): Promise<Database> {
  await mkdir(dirname(dir), { recursive: true })
  if (!existsSync(join(dir, 'PG_VERSION'))) await layOutEmpty(dir)
  const lite = await PGlite.create(dir, options).catch(async () => {
    await layOutEmpty(dir)
    return PGlite.create(dir, options)
  })
  return {
    ...queriesOf(lite),
    transaction: (work) => lite.transaction((inside) => work(queriesOf(inside))),
    close: () => lite.close(),
  }
}

const queriesOf = (runner: Runner): Queries => ({
  query: async <R extends Row>(sql: string, values: readonly Value[] = []) =>
    (await runner.query<R>(sql, [...values])).rows,
})
