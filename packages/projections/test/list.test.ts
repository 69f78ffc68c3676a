import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lists } from '@dujiang/market/lists'
import { type Database, type ListAsk, Projector, type Row, readList, tablesOf } from '../src/index.ts'
import { changedMarket, feedOf, playedMarket } from './market-feed.ts'
import { places } from './places.ts'

const { market, sellers } = playedMarket()
const [first, second] = sellers.map(({ org }) => org) as [string, string]
const tables = tablesOf(lists)
const sealed = lists.sealsNow(market.ledger.view())
const { texts } = feedOf(market)

async function filled(database: Database): Promise<Database> {
  const projector = await Projector.open(database, feedOf(market), lists, 'lists')
  while (await projector.step());
  return database
}

/** All pages of a question, so many rows each. */
async function rowsFor(
  database: Database,
  ask: Partial<ListAsk> & { readonly table: string },
  limit = 100,
): Promise<Row[]> {
  const rows: Row[] = []
  let after: ListAsk['after']
  do {
    const given = { equals: {}, seals: sealed, limit, ...ask, ...(after === undefined ? {} : { after }) }
    const page = await readList(database, tables, given)
    assert.ok(page.rows.length <= limit)
    assert.equal(page.upTo, texts.length)
    rows.push(...page.rows.map(({ row }) => row))
    after = page.next
  } while (after !== undefined)
  return rows
}

for (const place of places()) {
  describe(place.name, { skip: place.skip }, () => {
    it('[PRJ-7] lists a sealed row to its organisation alone, and to everybody when the seal is open', async () => {
      assert.deepEqual(sealed, ['S2'])
      const database = await filled(await place.database())
      const sessionsOf = async (ask: Partial<ListAsk>): Promise<unknown[]> => [
        (await rowsFor(database, { table: 'orders', ...ask })).map(({ session, org }) => `${session} ${org}`),
        (await rowsFor(database, { table: 'receipts', equals: { session: 'S2', act: 'auction.order.submit' }, ...ask }))
          .length,
      ]
      const closed = ['S1 USRB', 'S1 GENC', 'S1 GENC', 'S1 GENB', 'S1 GENB', 'S1 GENA']
      assert.deepEqual(await sessionsOf({}), [closed, 0])
      assert.deepEqual(await sessionsOf({ viewer: first }), [['S2 GENA', ...closed], 1])
      assert.deepEqual(await sessionsOf({ viewer: second }), [['S2 GENB', ...closed], 1])
      assert.deepEqual(await sessionsOf({ seals: [] }), [['S2 GENB', 'S2 GENA', ...closed], 2])
    })

    it('[PRJ-7] gives with a sealed row what made it', async () => {
      const database = await filled(await place.database())
      const { rows } = await readList(database, tables, { table: 'orders', equals: {}, seals: [], limit: 3 })
      for (const { row, made } of rows) assert.deepEqual(made, texts[row['index'] as number])
    })

    it('[PRJ-8] pages neither double nor hide a row, in both directions', async () => {
      const database = await filled(await place.database())
      for (const table of ['receipts', 'blocks', 'orders', 'trades', 'sessions', 'periods']) {
        const whole = await rowsFor(database, { table })
        assert.ok(whole.length > 0, table)
        for (const limit of [1, 2, 3]) assert.deepEqual(await rowsFor(database, { table }, limit), whole, table)
      }
    })

    it('[PRJ-11] skips and counts rows among those the viewer may see, from a place on', async () => {
      const database = await filled(await place.database())
      for (const table of ['receipts', 'blocks', 'orders']) {
        for (const viewer of [undefined, first]) {
          const who = viewer === undefined ? {} : { viewer }
          const whole = await rowsFor(database, { table, ...who })
          const ask = { table, equals: {}, seals: sealed, limit: 3, ...who }
          const top = await readList(database, tables, { ...ask, counts: true })
          assert.equal(top.count, whole.length, table)
          const { next } = top
          assert.ok(next !== undefined, table)
          for (const skip of [0, 1, 2, whole.length - 3]) {
            const page = await readList(database, tables, { ...ask, after: next, skip, counts: true })
            assert.deepEqual(
              page.rows.map(({ row }) => row),
              whole.slice(3 + skip, 6 + skip),
            )
            assert.equal(page.count, whole.length - 3)
          }
        }
      }
    })

    it('tells of sessions that were void or postponed what became of their orders, and when they are', async () => {
      const changed = changedMarket()
      const database = await place.database()
      const projector = await Projector.open(database, feedOf(changed.market), lists, 'changed')
      await projector.rebuild()
      while (await projector.step());
      const rows = async (table: string): Promise<readonly Row[]> => {
        const { rows: all } = await readList(database, tables, { table, equals: {}, seals: [], limit: 100 })
        return all.map(({ row }) => row)
      }
      const fates = (await rows('orders')).map((row) => [row['session'], row['org'], row['status']])
      assert.deepEqual(fates, [
        ['P', 'GENA', 'live'],
        ['V2', 'USRB', 'voided'],
        ['V2', 'GENA', 'voided'],
        ['V1', 'GENC', 'cancelled'],
        ['V1', 'GENB', 'voided'],
        ['V1', 'GENB', 'replaced'],
        ['V1', 'GENA', 'voided'],
      ])
      const session = (await rows('sessions')).find((row) => row['session'] === 'P')
      const inForce = changed.market.ledger.view().get('auction/session/P') as { readonly [field: string]: unknown }
      assert.equal(session?.['gate_ms'], inForce['gateMs'])
      assert.equal(session?.['announced_gate_ms'], (inForce['gateMs'] as number) - 3_600_000)
      assert.deepEqual(
        (await rows('sessions')).map((row) => [row['session'], row['status'], row['cleared']]),
        [
          ['P', 'announced', null],
          ['V2', 'voided', 'yes'],
          ['V1', 'voided', null],
        ],
      )
    })

    it('finds receipts by what they are about, by their outcome, time and the beginning of their id', async () => {
      const database = await filled(await place.database())
      const indices = async (ask: Partial<ListAsk>): Promise<unknown[]> =>
        (await rowsFor(database, { table: 'receipts', ...ask })).map(({ index }) => index)
      const parsed = texts.map(
        ({ receipt }) => JSON.parse(receipt) as { index: number; id: string; time: number; code: number },
      )
      const those = (holds: (receipt: (typeof parsed)[number]) => boolean): number[] =>
        parsed
          .filter(holds)
          .map(({ index }) => index)
          .reverse()
      const open = { seals: [] }
      assert.deepEqual(
        await indices({ ...open, receipts: { declined: true } }),
        those(({ code }) => code !== 0),
      )
      assert.equal((await indices({ ...open, receipts: { declined: true } })).length, 2)
      const { id, time } = parsed[9] as (typeof parsed)[number]
      assert.deepEqual(await indices({ ...open, receipts: { idPrefix: id.slice(0, 9) } }), [9])
      const until = time + 4_000
      const span = those((receipt) => receipt.time >= time && receipt.time < until)
      assert.deepEqual(await indices({ ...open, receipts: { fromMs: time, untilMs: until } }), span)
      assert.deepEqual(await indices({ ...open, receipts: { fromMs: Number.MAX_SAFE_INTEGER } }), [])
      assert.deepEqual(
        await indices({ ...open, receipts: { untilMs: Number.MAX_SAFE_INTEGER } }),
        those(() => true),
      )
      assert.deepEqual(await indices({ ...open, equals: { unit: 'GENA.1', session: 'S2' } }), [28])
    })

    it('tells what became of orders and what they got', async () => {
      const database = await filled(await place.database())
      const orders = await rowsFor(database, { table: 'orders', equals: { session: 'S1' } })
      const fates = orders.map(({ org, status, refusal }) => [org, status, refusal])
      assert.deepEqual(fates, [
        ['USRB', 'live', null],
        ['GENC', 'declined', 'aboveCap'],
        ['GENC', 'cancelled', null],
        ['GENB', 'live', null],
        ['GENB', 'replaced', null],
        ['GENA', 'live', null],
      ])
      const trades = await rowsFor(database, { table: 'trades', equals: { session: 'S1' } })
      assert.deepEqual(
        trades.map(({ unit, side, award_wh: awardWh, verdicts }) => [unit, side, awardWh, verdicts]),
        [
          ['GENA.1', 'sell', 7_000_000, 'c'],
          ['GENB.1', 'sell', 5_000_000, 'f'],
          ['USRB.1', 'buy', 12_000_000, 'f'],
        ],
      )
      const [session] = await rowsFor(database, { table: 'sessions', equals: { session: 'S1' } })
      assert.equal(session?.['status'], 'published')
      assert.equal(session?.['bulletin'], 'N1')
      assert.equal(session?.['volume_wh'], 12_000_000)
    })
  })
}
