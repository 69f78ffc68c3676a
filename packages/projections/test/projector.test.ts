import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { lists } from '@dujiang/market/lists'
import { type Database, type Queries, Projector, TakenOver, tablesOf } from '../src/index.ts'
import { changedMarket, feedOf, playedMarket } from './market-feed.ts'
import { places } from './places.ts'

const { market } = playedMarket()
const tables = tablesOf(lists)

/** All rows of all tables. */
async function rowsOf(database: Queries): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {}
  for (const { name, key } of tables) {
    const order = key.map((column) => `"${column}"`).join(', ')
    const rows = await database.query(`SELECT * FROM dujiang."${name}" ORDER BY ${order}`)
    all[name] = rows.map((row) => ({ ...row }))
  }
  const texts = await database.query('SELECT * FROM dujiang.receipt_texts ORDER BY index')
  all['texts'] = texts.map((row) => ({ ...row }))
  return all
}

async function catchUp(projector: Projector): Promise<void> {
  while (await projector.step());
}

/** Rows of a ledger taken in whole, which others are compared with. */
async function made(database: Database, of = market): Promise<Record<string, unknown>> {
  const projector = await Projector.open(database, feedOf(of), lists, 'whole')
  await projector.rebuild()
  await catchUp(projector)
  return rowsOf(database)
}

for (const place of places()) {
  describe(place.name, { skip: place.skip }, () => {
    it('[PRJ-2] has every receipt once, by index, with its texts', async () => {
      const database = await place.database()
      const feed = feedOf(market)
      const { receipts, texts, blocks } = (await made(database)) as Record<string, Record<string, unknown>[]>
      assert.deepEqual(
        receipts?.map(({ index, id }) => [index, id]),
        feed.texts.map(({ receipt }, index) => [index, JSON.parse(receipt).id]),
      )
      assert.deepEqual(
        texts?.map((row) => [row['index'], row['receipt_text'], row['events_text'], row['act_text']]),
        feed.texts.map(({ receipt, events, act }, index) => [index, receipt, events, act ?? null]),
      )
      const counted = blocks?.reduce((sum, { receipts: each }) => sum + (each as number), 0)
      assert.equal(counted, feed.texts.length)
    })

    it('[PRJ-5] gives the same rows in whatever batches receipts come', async () => {
      const database = await place.database()
      const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 })
      for (const each of [market, changedMarket().market]) {
        const whole = await made(database, each)
        await fc.assert(
          fc.asyncProperty(sizes, async (counts) => {
            const feed = feedOf(each)
            const projector = await Projector.open(database, feed, lists, 'parts')
            await projector.rebuild()
            for (let at = 0, more = true; more; at++) {
              feed.give(counts[at % counts.length] as number)
              more = (await projector.step()) !== undefined
            }
            assert.deepEqual(await rowsOf(database), whole)
          }),
          { numRuns: 8 },
        )
      }
    })

    it('[PRJ-4] writes no row of a batch whose cursor is not written', async () => {
      const database = await place.database()
      const feed = feedOf(market)
      feed.give(20)
      const projector = await Projector.open(failingAtCursor(database, 2), feed, lists, 'killed')
      await projector.rebuild()
      await projector.step()
      const before = await rowsOf(database)
      await assert.rejects(projector.step(), /killed/)
      assert.deepEqual(await rowsOf(database), before)
      const again = await Projector.open(database, feed, lists, 'again')
      assert.equal(again.next, 20)
      await catchUp(again)
      assert.deepEqual(await rowsOf(database), await made(database))
    })

    it('[PRJ-4] stops the one before when another has opened the database', async () => {
      const database = await place.database()
      const feed = feedOf(market)
      feed.give(10)
      const before = await Projector.open(database, feed, lists, 'before')
      await before.rebuild()
      const later = await Projector.open(database, feed, lists, 'later')
      await assert.rejects(before.step(), TakenOver)
      assert.equal((await later.step())?.index, 9)
    })

    it('[PRJ-3] goes on where the tables stand', async () => {
      const database = await place.database()
      await made(database)
      const feed = feedOf(market)
      assert.equal((await Projector.open(database, feed, lists, 'on')).next, feed.texts.length)
    })

    const others: readonly (readonly [string, Parameters<typeof feedOf>[1], Partial<typeof lists>])[] = [
      ['another ledger', { chain: 'f'.repeat(64) }, {}],
      ['another version of the lists', {}, { version: lists.version + 1 }],
      ['other columns', {}, { tables: lists.tables.slice(1) }],
    ]
    for (const [what, over, otherLists] of others) {
      it(`[PRJ-3] begins anew with ${what}`, async () => {
        const database = await place.database()
        await made(database)
        const projector = await Projector.open(database, feedOf(market, over), { ...lists, ...otherLists }, 'other')
        assert.equal(projector.next, 0)
        const left = await database.query('SELECT count(*) AS n FROM dujiang.receipts')
        assert.equal(left[0]?.['n'], 0)
      })
    }

    it('[PRJ-3] begins anew when the last receipt is not the log’s, and when older ones have come', async () => {
      const database = await place.database()
      const feed = feedOf(market)
      feed.give(12)
      await (await Projector.open(database, feed, lists, 'a')).rebuild()
      await (await Projector.open(database, feed, lists, 'b')).step()
      const changed = { ...feed, receipts: (from: number) => feed.receipts(from + 1) }
      assert.equal((await Projector.open(database, changed, lists, 'c')).next, 0)
      const joined = feedOf(market, { firstReceipt: 5 })
      assert.equal((await Projector.open(database, { ...joined, chain: 'f'.repeat(64) }, lists, 'd')).next, 5)
      const whole = feedOf(market, { chain: 'f'.repeat(64) })
      assert.equal((await Projector.open(database, whole, lists, 'e')).next, 0)
    })

    it('[PRJ-9] takes in texts that PostgreSQL cannot hold, and numbers that are none', async () => {
      const database = await place.database()
      const strange: typeof lists = {
        ...lists,
        about: () => ({ session: 'a\0b', unit: '\ud800' }),
        changes: (fed) => [
          {
            kind: 'put',
            table: 'trades',
            row: { session: '\0', period: fed.receipt.index, unit: 'u', order: 'o', award_wh: 1e300 },
          },
        ],
        copies: () => [],
      }
      const projector = await Projector.open(database, feedOf(market), { ...strange, version: 77 }, 'strange')
      await catchUp(projector)
      const [row] = await database.query('SELECT session, unit FROM dujiang.receipts LIMIT 1')
      assert.deepEqual({ ...row }, { session: 'a\u{fffd}b', unit: '\u{fffd}' })
      const [trade] = await database.query('SELECT session, award_wh FROM dujiang.trades LIMIT 1')
      assert.deepEqual({ ...trade }, { session: '\u{fffd}', award_wh: null })
    })
  })
}

/** Fails at the n-th time that the cursor is moved, after all rows are written. */
function failingAtCursor(database: Database, times: number): Database {
  let moved = 0
  const watch = (queries: Queries): Queries => ({
    query: (sql, values) => {
      if (sql.startsWith('UPDATE dujiang.cursor SET next') && ++moved === times) throw new Error('killed')
      return queries.query(sql, values)
    },
  })
  return { ...database, transaction: (work) => database.transaction((queries) => work(watch(queries))) }
}
