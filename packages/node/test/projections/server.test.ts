import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Database, openDatabase } from '@dujiang/projections'
import { type TestPostgres, postgresPrograms, testPostgres } from '@dujiang/testing/postgres'
import { buyer, seller } from '../api/rig.ts'
import { type ListsRig, withLists } from './rig.ts'

const bin = postgresPrograms()

describe('lists on a PostgreSQL server', { skip: bin === undefined && 'there is no PostgreSQL server here' }, () => {
  let server: TestPostgres
  let other: Database

  before(async () => {
    server = await testPostgres(bin as string)
    other = await openDatabase({ url: server.url })
  })
  after(async () => {
    await other.close()
    await server.close()
  })

  /** Orders of both, one after the other, past the API; each must be taken. */
  async function orders({ rig }: ListsRig, rounds: number): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      for (const by of [seller, buyer]) {
        const outcome = await rig.node.submit(rig.order(by, 30_000 + round))
        assert.equal(outcome.kind, 'committed')
      }
    }
  }

  it('[PRN-2] that takes nothing in costs the ledger neither acts nor memory, and is caught up with afterwards', () =>
    withLists(
      async (made) => {
        const { rig, projections } = made
        await rig.openSession()
        await projections.caughtUp()
        let release = (): void => undefined
        const locked = new Promise<void>((resolve) => {
          void other.transaction(async (queries) => {
            await queries.query('LOCK TABLE dujiang.receipts')
            resolve()
            await new Promise<void>((done) => (release = done))
          })
        })
        await locked
        const asked: number[] = []
        const { receipts } = rig.node
        rig.node.receipts = (from, to) => {
          asked.push(from)
          return receipts.call(rig.node, from, to)
        }
        const before = projections.status()
        await orders(made, 40)
        const during = projections.status()
        assert.equal(during.receipts, before.receipts)
        assert.equal(during.lag, 80)
        // What was asked for before the first order came, and no more.
        assert.ok(asked.length <= 2, `asked ${asked.length} times`)
        release()
        await projections.caughtUp()
        assert.deepEqual(projections.status(), { receipts: rig.node.status().receipts, lag: 0, lagMs: 0 })
      },
      { url: server.url },
    ))

  it('[PRN-6] that does not answer in time has the question refused, and the ledger goes on', () =>
    withLists(
      async (made) => {
        const { rig, projections } = made
        await rig.openSession()
        await projections.caughtUp()
        let release = (): void => undefined
        const over = new Promise<void>((done) => (release = done))
        await new Promise<void>((resolve) => {
          void other.transaction(async (queries) => {
            await queries.query('LOCK TABLE dujiang.receipts')
            resolve()
            await over
          })
        })
        const asked = new Promise<void>((resolve) => {
          const { list } = projections
          projections.list = (ask, asker) => {
            resolve()
            return list.call(projections, ask, asker)
          }
        })
        const asking = rig.get('/v1/lists/receipts')
        await asked
        await rig.pass(10_000)
        const { status, json } = await asking
        assert.deepEqual([status, json.error.name], [503, 'listsNotReady'])
        await orders(made, 1)
        release()
        await projections.caughtUp()
        assert.equal((await rig.get('/v1/lists/receipts')).status, 200)
      },
      { url: server.url },
    ))

  it('[PRN-4] that was killed is followed again when it is back, with every row once', () =>
    withLists(
      async (made) => {
        const { rig, projections } = made
        await rig.openSession()
        await projections.caughtUp()
        await server.kill()
        await orders(made, 3)
        assert.equal((await rig.get('/v1/lists/receipts')).status, 503)
        await server.start()
        await projections.caughtUp()
        const { receipts } = rig.node.status()
        const [row] = await other.query(
          'SELECT count(*) AS n, count(DISTINCT id) AS ids, max(index) AS last FROM dujiang.receipts',
        )
        assert.deepEqual({ ...row }, { n: receipts, ids: receipts, last: receipts - 1 })
        assert.equal(projections.status().trouble, undefined)
      },
      { url: server.url },
    ))

  it('[PRN-5] that another node has opened is left to it', () =>
    withLists(
      async (first) => {
        await first.rig.openSession()
        await first.projections.caughtUp()
        await withLists(
          async (second) => {
            await second.rig.openSession()
            await second.projections.caughtUp()
            await orders(first, 1)
            await first.projections.ended
            assert.match(first.projections.status().trouble ?? '', /taken over/)
            const { receipts } = second.rig.node.status()
            assert.equal(second.projections.status().receipts, receipts)
          },
          { url: server.url },
        )
      },
      { url: server.url },
    ))
})
