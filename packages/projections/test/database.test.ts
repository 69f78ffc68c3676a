import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openDatabase } from '../src/index.ts'
import { places } from './places.ts'

for (const place of places()) {
  describe(place.name, { skip: place.skip }, () => {
    it('[PRJ-1] gives integers as numbers, texts and truths as they are, nothing as null', async () => {
      const database = await place.database()
      const [row] = await database.query(
        'SELECT $1::bigint AS large, $2::text AS word, $3::boolean AS truth, $4::bigint AS none',
        [Number.MAX_SAFE_INTEGER, '都江 "\\', true, null],
      )
      assert.deepEqual({ ...row }, { large: Number.MAX_SAFE_INTEGER, word: '都江 "\\', truth: true, none: null })
    })

    it('[PRJ-1] reads many rows from one text of JSON', async () => {
      const database = await place.database()
      const rows = await database.query(
        'SELECT name, size FROM json_to_recordset($1::text::json) AS rows(name text, size bigint) ORDER BY size',
        [JSON.stringify([{ name: 'b', size: 2 }, { size: 1 }])],
      )
      assert.deepEqual(
        rows.map((row) => ({ ...row })),
        [
          { name: null, size: 1 },
          { name: 'b', size: 2 },
        ],
      )
    })

    it('[PRJ-4] takes back all that a failed transaction has written', async () => {
      const database = await place.database()
      await database.query('CREATE TABLE tried (n bigint)')
      const failing = database.transaction(async (queries) => {
        await queries.query('INSERT INTO tried VALUES (1)')
        throw new Error('enough')
      })
      await assert.rejects(failing, /enough/)
      await database.transaction((queries) => queries.query('INSERT INTO tried VALUES (2)'))
      assert.deepEqual(
        (await database.query('SELECT n FROM tried')).map(({ n }) => n),
        [2],
      )
    })
  })
}

describe('a database in this process', () => {
  const inFolder = async (work: (dir: string) => Promise<void>): Promise<void> => {
    const dir = await mkdtemp(join(tmpdir(), 'dujiang-projections-'))
    await work(dir).finally(() => rm(dir, { recursive: true, force: true }))
  }

  it('[PRJ-10] that cannot be opened is thrown away and made anew', () =>
    inFolder(async (dir) => {
      const place = { dir: join(dir, 'pglite') }
      const first = await openDatabase(place)
      await first.query('CREATE TABLE kept (n bigint)')
      await first.close()
      const second = await openDatabase(place)
      await second.query('SELECT n FROM kept')
      await second.close()
      writeFileSync(join(place.dir, 'global', 'pg_control'), 'torn')
      const third = await openDatabase(place)
      await assert.rejects(third.query('SELECT n FROM kept'), /does not exist/)
      await third.close()
    }))
})
