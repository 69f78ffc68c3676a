import { createInterface } from 'node:readline'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { serveApi } from '@dujiang/node/api'
import { openHomeNode } from '@dujiang/node/network'

/** What a node of the bench answers to any line on its input. */
export interface NodeAnswer {
  readonly url: string
  readonly chain: string
  readonly height: number
  readonly appHash: string
  readonly receipts: number
  /** Heap and buffers in use; without the garbage, where the process may collect it on demand. */
  readonly usedBytes: number
}

/** Every client of the bench comes from one address; in the world they come from many. */
const BULKS_PER_ADDRESS_MAX = 64

// The ledger's half of a home as it is deployed: `node node-process.ts HOME WORKERS [HEIGHTS BETWEEN SNAPSHOTS]`. It
// ends with its input. Opened for itself, without an engine, it replays its journal.
const [home, workers, snapshotEvery] = process.argv.slice(2)
if (home === undefined) throw new Error('a home is needed')

const market = dujiangMarket()
const node = await openHomeNode(home, market, {
  workers: Number(workers),
  ...(snapshotEvery === undefined ? {} : { snapshotEvery: Number(snapshotEvery) }),
})
const api = await serveApi({
  node,
  doors: doorsOf(market),
  crypto: nodeCrypto,
  host: '127.0.0.1',
  port: 0,
  log: { level: 'error', stream: process.stderr },
  limits: { bulksPerAddressMax: BULKS_PER_ADDRESS_MAX },
})
for await (const _line of createInterface({ input: process.stdin })) {
  const { height, appHash, receipts } = node.status()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  const answer: NodeAnswer = {
    url: api.url,
    chain: node.chain,
    height,
    appHash,
    receipts,
    usedBytes: heapUsed + external,
  }
  console.log(JSON.stringify(answer))
}
await Promise.all([api.close(), node.stop()])
await node.close()
