import postgres from 'postgres'
import type { Database, Queries, Row, Value } from './database.ts'

const INT8 = 20
/** One that writes, others that read meanwhile. */
const CONNECTIONS_MAX = 4
const CONNECT_SECONDS = 10

type Runner = Pick<postgres.Sql, 'unsafe'>

/** A PostgreSQL server. Rejects when it does not answer. */
export async function openPostgres(url: string): Promise<Database> {
  const sql = postgres(url, {
    max: CONNECTIONS_MAX,
    connect_timeout: CONNECT_SECONDS,
    // What exists already is no news.
    onnotice: () => undefined,
    types: { bigint: { to: INT8, from: [INT8], parse: Number, serialize: String } },
  })
  try {
    await sql.unsafe('SELECT 1')
  } catch (cause) {
    await sql.end({ timeout: 0 })
    throw cause
  }
  return {
    ...queriesOf(sql),
    // The library's type has an unwrapping of arrays of promises, which nobody here returns.
    transaction: async <T>(work: (queries: Queries) => Promise<T>) =>
      (await sql.begin((inside) => work(queriesOf(inside)))) as T,
    close: () => sql.end({ timeout: 5 }),
  }
}

const queriesOf = (runner: Runner): Queries => ({
  query: async <R extends Row>(text: string, values: readonly Value[] = []) =>
    (await runner.unsafe(text, [...values])) as unknown as readonly R[],
})
