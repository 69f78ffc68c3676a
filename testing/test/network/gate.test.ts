import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { Committed } from '@dujiang/client'
import { Cluster, Floor, STANDSTILL, cometHere, marketFounding, saysMayNotCount } from '@dujiang/testing/network'

const { cometbft, skip } = await cometHere()
const LONG = process.env['DUJIANG_LONG'] === '1'

/** How long nobody sends anything before a gate: a minute of waiting, in which other tests compute. */
const QUIET_MS = LONG ? 600_000 : 60_000
/** How long after the gate an order is sent, each by another seller. */
const LATE_MS = LONG ? [500, 2_000, 60_000] : [500, 2_000]
const SELLERS = LATE_MS.length
/** Orders at each of these instants, in as many sessions, through one node after the other. */
const ORDERS = LONG ? 4 : 1
/**
 * Longer than any lag of block time on a machine that has other work to do, and half of a quiet spell: without the heartbeat block
 * time would be behind by all of that.
 */
const BEYOND_DOUBT_MS = 30_000
/** From the notice of a session to its opening at least, and by how many acts as slow as the slowest so far: two are made. */
const INVITING_MS = 6_000
const INVITING_ACTS = 5
/** Beyond any margin. */
const FAR_MS = 600_000

const untilClock = (ms: number): Promise<void> => delay(Math.max(0, ms - Date.now()))

describe('the gate of a session on a network', { skip }, () => {
  let cluster: Cluster
  let floor: Floor

  before(async () => {
    cluster = await Cluster.start({
      validators: 4,
      application: 'market',
      genesis: marketFounding,
      cometbft,
      form: 'inside',
    })
    floor = await Floor.open(cluster.clientOf(0), SELLERS)
  })
  after(() => cluster.close())

  /** Announces sessions of one gate, after a spell in which nobody sends anything. */
  async function announce(names: readonly string[], quietMs: number): Promise<number> {
    const invitingMs = Math.ceil(Math.max(INVITING_MS, INVITING_ACTS * floor.slowestMs))
    const opensMs = Date.now() + invitingMs * names.length
    const gateMs = opensMs + quietMs
    for (const name of names) await floor.announce(name, { opensMs, gateMs }, SELLERS)
    return gateMs
  }

  it(`[CMT-14] goes by block time, which ${QUIET_MS / 1_000} s without an act do not hold up, for orders after it`, async (t) => {
    const names = Array.from({ length: ORDERS }, (_, at) => `L${at}`)
    const gateMs = await announce(names, QUIET_MS)
    for (const [seller, lateMs] of LATE_MS.entries()) {
      await untilClock(gateMs + lateMs)
      const done = await Promise.all(
        names.map(async (name, at): Promise<Committed> => {
          const client = cluster.clientOf(at % cluster.members.length)
          return client.submit(await floor.order(client, seller, name))
        }),
      )
      const lags = done.map(({ receipt }) => gateMs + lateMs - receipt.time)
      const sent = `${lateMs / 1_000} s after the gate`
      t.diagnostic(
        `${sent} block time behind the clock: ${lags.join(', ')} ms; refused: ${done.filter(refused).length} of ${ORDERS}`,
      )
      for (const each of done) assert.equal(refused(each), each.receipt.time >= gateMs, JSON.stringify(each.receipt))
      if (lateMs > BEYOND_DOUBT_MS) assert.ok(done.every(refused), sent)
      for (const lagMs of lags) assert.ok(lagMs < BEYOND_DOUBT_MS, `${sent}: ${lagMs} ms`)
    }
  })

  it('[IN-5] a promise given within the margin before it says that it may not count, one given earlier does not', async () => {
    const client = cluster.clientOf(1)
    await announce(['F'], FAR_MS)
    const gateMs = await announce(['N'], 2_000)
    assert.equal(saysMayNotCount(await client.submitAccepted(await floor.order(client, 0, 'F'))), false)
    await untilClock(gateMs - 1_000)
    assert.equal(saysMayNotCount(await client.submitAccepted(await floor.order(client, 1, 'N'))), true)
  })

  it('[AUCTION-17] moves when the chain itself has stood still across it', {
    skip: !LONG && 'minutes: npm run test:faults',
  }, async () => {
    const gateMs = await announce(['S'], 5_000)
    await untilClock(gateMs - 2_000)
    await Promise.all([2, 3].map((at) => cluster.member(at).stop()))
    await untilClock(gateMs + STANDSTILL.gateStandstillMs + 5_000)
    await Promise.all([2, 3].map((at) => cluster.member(at).start()))
    await cluster.advance(2)
    const client = cluster.clientOf(0)
    const done = await client.submit(await floor.order(client, 0, 'S'))
    assert.equal(done.receipt.refusal, undefined)
    assert.ok(done.receipt.time > gateMs)
  })
})

const refused = ({ receipt }: Committed): boolean => receipt.refusal?.name === 'gateClosed'
