import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { AbciApp } from '../../src/engine/comet/abci/index.ts'
import { type MetricsDoor, NodeMetrics, countedVerifier, serveMetrics, timedApp } from '../../src/metrics/index.ts'
import type { Verifier } from '../../src/verify/index.ts'
import { ApiRig } from '../api/rig.ts'

/** The value of a sample in what a registry shows. */
function sample(text: string, name: string): number {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  assert.ok(line !== undefined, `${name} is shown`)
  return Number(line.slice(name.length + 1))
}

describe('the metrics of a node', () => {
  const metrics = new NodeMetrics()
  let rig: ApiRig
  let door: MetricsDoor

  before(async () => {
    rig = await ApiRig.open({ metrics })
    metrics.watch(rig.node, rig.clock)
    door = await serveMetrics(metrics.registry, 0)
  })
  after(async () => {
    await door.close()
    await rig.close()
  })

  const shown = async () => (await fetch(door.url)).text()

  it('[MET-1] are served on loopback, at one path', async () => {
    assert.match(door.url, /^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
    const answer = await fetch(door.url)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=/)
    assert.equal((await fetch(door.url.replace('/metrics', '/'))).status, 404)
    assert.equal((await fetch(door.url, { method: 'POST' })).status, 404)
  })

  it('[MET-2] show where the ledger stands when they are asked', async () => {
    await rig.openSession()
    const { height, receipts, provable, pending } = rig.node.status()
    const text = await shown()
    assert.equal(sample(text, 'dujiang_ledger_height'), height)
    assert.equal(sample(text, 'dujiang_ledger_receipts'), receipts)
    assert.equal(sample(text, 'dujiang_ledger_provable'), provable)
    assert.equal(sample(text, 'dujiang_ledger_pending'), pending)
    assert.equal(sample(text, 'dujiang_ready'), 1)
    assert.equal(sample(text, 'dujiang_archive_behind_blocks'), 0)
    const lag = sample(text, 'dujiang_ledger_lag_seconds')
    await rig.pass(5_000)
    const moved = (rig.clock.nowMs() - rig.node.status().timeMs) / 1_000
    assert.equal(sample(await shown(), 'dujiang_ledger_lag_seconds'), moved)
    assert.ok(lag >= 0)
  })

  it('[MET-2] show how far the lists are behind when they are asked', async () => {
    let stand = { lag: 7, lagMs: 1_500 }
    metrics.watchLists(() => stand)
    assert.equal(sample(await shown(), 'dujiang_projections_lag_receipts'), 7)
    assert.equal(sample(await shown(), 'dujiang_projections_lag_seconds'), 1.5)
    stand = { lag: 0, lagMs: 0 }
    assert.equal(sample(await shown(), 'dujiang_projections_lag_seconds'), 0)
  })

  it('[MET-2] [MET-5] show how many faults of validators are on record, for as long as they are', async () => {
    let faults = 0
    metrics.watchFaults(() => faults)
    assert.equal(sample(await shown(), 'dujiang_validator_faults'), 0)
    faults = 2
    for (let scrapes = 0; scrapes < 2; scrapes++) assert.equal(sample(await shown(), 'dujiang_validator_faults'), 2)
  })

  it('[MET-3] count requests by the pattern of their route', async () => {
    await rig.get('/v1/receipts/by-id/zzzz')
    await rig.get('/v1/blocks/1')
    await rig.get('/v1/blocks/2')
    await rig.get('/nowhere/at/all')
    const text = await shown()
    const routes = [...text.matchAll(/^dujiang_http_seconds_count\{.*route="([^"]*)".*\} (\d+)$/gm)]
    assert.ok(
      routes.some(([, route, count]) => route === '/v1/blocks/:height' && count === '2'),
      JSON.stringify(routes),
    )
    assert.ok(routes.some(([, route]) => route === 'none'))
    assert.ok(!text.includes('zzzz') && !text.includes('nowhere'))
  })

  it('[MET-2] time the calls of the engine, and leave an answer at hand as it is', async () => {
    const now = { code: 0 }
    const later = Promise.resolve({ retainHeight: 0n })
    const app = timedApp({ query: () => now, commit: () => later } as unknown as AbciApp, metrics)
    assert.equal(app.query({} as never), now)
    assert.deepEqual(await app.commit({} as never), { retainHeight: 0n })
    const text = await shown()
    assert.equal(sample(text, 'dujiang_abci_seconds_count{method="query"}'), 1)
    assert.equal(sample(text, 'dujiang_abci_seconds_count{method="commit"}'), 1)
  })

  it('[MET-2] count the signatures that wait', async () => {
    const asked: ((holds: boolean) => void)[] = []
    const slow: Verifier = {
      check(_, done) {
        asked.push(done)
        return () => {}
      },
      close: async () => {},
    }
    const verifier = countedVerifier(slow, metrics)
    const verdicts: boolean[] = []
    for (let i = 0; i < 3; i++) verifier.check({} as never, (holds) => verdicts.push(holds))
    assert.equal(sample(await shown(), 'dujiang_verifications_waiting'), 3)
    for (const done of asked) done(true)
    assert.deepEqual(verdicts, [true, true, true])
    assert.equal(sample(await shown(), 'dujiang_verifications_waiting'), 0)
    await verifier.close()
  })

  it('[MET-2] are told of every signature that a node has judged', async () => {
    const changes: number[] = []
    const told = { called: () => {}, verifying: (change: number) => void changes.push(change) }
    const counted = await ApiRig.open({ nodeOptions: { metrics: told } })
    try {
      await counted.openSession()
    } finally {
      await counted.close()
    }
    assert.ok(changes.length > 0)
    assert.equal(
      changes.reduce((sum, change) => sum + change, 0),
      0,
    )
  })
})
