import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { serveApi } from '@dujiang/node/api'
import { listsPlace, projectionsBeside } from '@dujiang/node/projections'
import { realClock, realDisk } from '@dujiang/node/seams'
import { openLedgerNode } from '@dujiang/node/service'
import { nodeKey, nodeValidator } from './crew.ts'

// A node as it is deployed: own process, real disk, all its threads. `node node-process.ts <genesis file> <data folder> [lists]`,
// lists being `none` or where they are kept, as in PRN-8. It says where it listens; to each line on its input it answers
// what it has used so far; it ends with its input.
const [genesisFile, dataDir, where] = process.argv.slice(2)
if (genesisFile === undefined || dataDir === undefined) throw new Error('a genesis file and a data folder are needed')
const place = listsPlace(where)
if (place === undefined) throw new Error('lists are kept at postgres://…, or nowhere: none')

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
const doors = doorsOf(market)
const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
const following = projectionsBeside(node, doors, listsHere, dataDir, place)
const api = await serveApi({
  node,
  doors,
  ...following,
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
  const used = { mainThreadUs: main.user + main.system, cpuUs: all.user + all.system, ...memory }
  console.log(JSON.stringify({ ...used, height, lists: following.projections?.status() }))
}
await api.close()
await following.projections?.close()
await node.close()
