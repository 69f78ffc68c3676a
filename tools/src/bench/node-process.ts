import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { serveApi } from '@dujiang/node/api'
import { realClock, realDisk } from '@dujiang/node/seams'
import { openLedgerNode } from '@dujiang/node/service'
import { nodeKey, nodeValidator } from './crew.ts'

// A node as it is deployed: own process, real disk, all its threads. `node node-process.ts <genesis file> <data folder>`.
// It says where it listens; to each line on its input it answers what it has used so far; it ends with its input.
const [genesisFile, dataDir] = process.argv.slice(2)
if (genesisFile === undefined || dataDir === undefined) throw new Error('a genesis file and a data folder are needed')

const market = dujiangMarket()
const node = await openLedgerNode({
  app: market,
  crypto: nodeCrypto,
  genesisBytes: Uint8Array.from(readFileSync(genesisFile)),
  dataDir,
  disk: realDisk,
  clock: realClock,
  validator: nodeValidator,
  nodeKey,
})
const api = await serveApi({
  node,
  doors: doorsOf(market),
  crypto: nodeCrypto,
  host: '127.0.0.1',
  port: 0,
  log: { level: 'error', stream: process.stderr },
})
console.log(JSON.stringify({ url: api.url, chain: node.chain }))

for await (const _line of createInterface({ input: process.stdin })) {
  const [main, all] = [process.threadCpuUsage(), process.cpuUsage()]
  const { height } = node.status()
  const memory = { rssBytes: process.memoryUsage.rss(), rssMaxBytes: process.resourceUsage().maxRSS * 1_024 }
  console.log(
    JSON.stringify({ mainThreadUs: main.user + main.system, cpuUs: all.user + all.system, height, ...memory }),
  )
}
await api.close()
await node.close()
