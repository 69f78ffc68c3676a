/** What a query may be given, and what stands in a row: integers are numbers, whatever holds them. */
export type Value = string | number | boolean | null
export type Row = { readonly [column: string]: Value }

export interface Queries {
  /** `$1` is the first of `values`. A text that is read as JSON is cast twice, `$1::text::json`. */
  query<R extends Row = Row>(sql: string, values?: readonly Value[]): Promise<readonly R[]>
}

/** A PostgreSQL, in this process or elsewhere. Rule PRJ-1. */
export interface Database extends Queries {
  /** All that `work` writes, or nothing of it. */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type Place =
  /** A folder, made when missing. */
  | { readonly dir: string }
  /** A server: `postgres://user:password@host:port/database`. */
  | { readonly url: string }

/**
 * Opens the database that lies in a folder of this machine, or on a server.
 * @example const database = await openDatabase({ dir: 'data/projections' })
 */
export async function openDatabase(place: Place): Promise<Database> {
  // Each is loaded only where it is used: the one in this process is large.
  if ('url' in place) return (await import('./postgres.ts')).openPostgres(place.url)
  return (await import('./pglite.ts')).openPglite(place.dir)
}
