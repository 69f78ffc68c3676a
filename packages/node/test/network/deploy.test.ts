import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { NodeMetrics, serveMetrics } from '../../src/metrics/index.ts'
import { COMETBFT_VERSIONS, pairMetrics, readHome } from '../../src/network/index.ts'
import { realClock } from '../../src/seams/index.ts'
import { atEnd, readText, skip } from './homes.ts'
import { pairsOf, type TestPair, untilHeight } from './pairs.ts'

const deploy = resolve(import.meta.dirname, '../../../../deploy')

/** Every metric that an expression of a dashboard or an alert asks for, as its name stands in a scrape. */
function metricsIn(text: string): ReadonlySet<string> {
  const names = text.match(/\b(?:cometbft|dujiang|process)_[a-z0-9_]+(?=[{[\s)])/g) ?? []
  return new Set(names.map((name) => name.replace(/_bucket$/, '')))
}

/** What the alerts ask. */
const expressionsIn = (text: string) => [...text.matchAll(/^ +expr: (.+)$/gm)].map(([, expression]) => expression!)

/** Names of the metrics that the text of a scrape declares. */
const declared = (text: string) => [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!)

describe('the deployment files', () => {
  it('[MET-4] ask for metrics that live processes show', { skip }, async (t) => {
    const [one, two] = (await pairsOf(t, 2)) as [TestPair, TestPair]
    await Promise.all([one.pair.start(), two.pair.start()])
    const metrics = new NodeMetrics()
    const status = () => ({ height: 1, timeMs: 0, appHash: '', receipts: 0, firstReceipt: 0, provable: 0, pending: 0 })
    metrics.watch({ status }, realClock)
    metrics.watchLists(() => ({ lag: 0, lagMs: 0 }))
    metrics.watchFaults(() => 0)
    const doors = [await serveMetrics(metrics.registry, 0), await serveMetrics(pairMetrics(one.pair), 0)]
    atEnd(t, () => Promise.all(doors.map((door) => door.close())))
    await untilHeight(one.pair, 3)
    await one.rpc.broadcastTxSync(Buffer.from('one'))
    await untilHeight(one.pair, one.pair.height! + 1)

    const { metricsUrl } = await readHome(one.plan.home)
    const urls = [metricsUrl, ...doors.map(({ url }) => url)]
    const shown = new Set((await Promise.all(urls.map(async (url) => (await fetch(url)).text()))).flatMap(declared))
    const expressions = ['grafana/dujiang.json', 'prometheus/alerts.yml'].map((file) => readText(`${deploy}/${file}`))
    const asked = metricsIn(expressions.join('\n'))
    assert.ok(asked.size > 25, `${asked.size} metrics`)
    assert.deepEqual(
      [...asked].filter((name) => !shown.has(name)),
      [],
    )
  })

  it('[MET-5] miss each place that is scraped when it shows nothing, as long as it shows itself less than half the time', () => {
    const alerts = expressionsIn(readText(`${deploy}/prometheus/alerts.yml`))
    assert.equal(alerts.length, readText(`${deploy}/prometheus/alerts.yml`).match(/- alert: /g)?.length)
    // Without a selector it is asked about every job of prometheus.yml.
    assert.ok(alerts.includes('avg_over_time(up[2m]) < 0.5'))
    // The engine sets these anew for each block.
    for (const asked of alerts) assert.doesNotMatch(asked, /byzantine|num_txs|rounds\b/)
  })

  it('[BIN-2] name the pinned version wherever they name one', () => {
    const named = globSync('**/*', { cwd: deploy, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => readText(resolve(entry.parentPath, entry.name)).match(/cometbft@\S+?(?=[`)\s])/g) ?? [])
    assert.ok(named.length >= 2)
    for (const version of named) assert.equal(version, `cometbft@${COMETBFT_VERSIONS[0]}`)
  })
})
