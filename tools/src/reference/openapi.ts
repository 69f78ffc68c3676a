import { nodeCrypto } from '@dujiang/crypto/node'
import { type Market, doorsOf } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { serveApi } from '@dujiang/node/api'
import { SimClock, SimDisk } from '@dujiang/node/seams'
import { openLedgerNode } from '@dujiang/node/service'
import { tablesOf } from '@dujiang/projections'
import { START_MS, TestMarket, personOf } from '@dujiang/testing/market-fixture'

/** The OpenAPI page as a node itself gives it: one that stands on a simulated disk and clock. */
export async function openApiOf<Page>(market: Market): Promise<Page> {
  const clock = new SimClock(START_MS + 1_000)
  const node = await openLedgerNode({
    app: market,
    crypto: nodeCrypto,
    genesisBytes: new TestMarket().genesisBytes,
    dataDir: 'node',
    disk: new SimDisk(1, clock).mount(),
    clock,
    validator: personOf('SCPX', 'node').signer,
    nodeKey: personOf('SCPX', 'intake').signer,
    workers: 0,
  })
  const api = await serveApi({
    node,
    doors: doorsOf(market),
    crypto: nodeCrypto,
    host: '127.0.0.1',
    port: 0,
    clock,
    log: { level: 'error', stream: process.stderr },
    projections: noLists,
  })
  try {
    return (await (await fetch(`${api.url}/openapi.json`)).json()) as Page
  } finally {
    await api.close()
    await node.close()
  }
}

/** What lists there are, without a database behind them. */
const noLists: NonNullable<Parameters<typeof serveApi>[0]['projections']> = {
  lists,
  tables: tablesOf(lists),
  status: () => ({ receipts: 0, lag: 0, lagMs: 0 }),
  list: async () => ({ none: 'notReady' }),
}
