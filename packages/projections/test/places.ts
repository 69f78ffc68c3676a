import { after } from 'node:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestPostgres, postgresPrograms, testPostgres } from '@dujiang/testing/postgres'
import { type Database, openDatabase } from '../src/index.ts'

/** A database of the tests; opened once a file, since that takes seconds. */
export interface TestPlace {
  readonly name: string
  /** Why its tests are left out. */
  readonly skip: string | false
  database(): Promise<Database>
}

/** Both kinds of database. */
export function places(): readonly TestPlace[] {
  return [inProcess(), onServer()]
}

function inProcess(): TestPlace {
  let dir: string | undefined
  const opened = once(async () => {
    dir = await mkdtemp(join(tmpdir(), 'dujiang-projections-'))
    return openDatabase({ dir: join(dir, 'pglite') })
  })
  after(async () => {
    if (dir === undefined) return
    await (await opened()).close()
    await rm(dir, { recursive: true, force: true })
  })
  return { name: 'PGlite', skip: false, database: opened }
}

function onServer(): TestPlace {
  const bin = postgresPrograms()
  let server: TestPostgres | undefined
  const opened = once(async () => {
    server = await testPostgres(bin as string)
    return openDatabase({ url: server.url })
  })
  after(async () => {
    if (server === undefined) return
    await (await opened()).close()
    await server.close()
  })
  return {
    name: 'PostgreSQL',
    skip: bin === undefined ? 'there is no PostgreSQL server on this machine' : false,
    database: opened,
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}
