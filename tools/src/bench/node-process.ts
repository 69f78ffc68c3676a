import { createInterface } from 'node:readline'
import { nodeCrypto } from '@dujiang/crypto/node'
import { serveApi } from '@dujiang/node/api'
import { listsPlace } from '@dujiang/node/projections'
import { openBenchNode } from './open-node.ts'

// A node as it is deployed: own process, real disk, all its threads. `node node-process.ts <genesis file> <data folder> [lists]`,
// lists being `none` or where they are kept, as in PRN-8. It says where it listens; to each line on its input it answers
// what it has used so far; it ends with its input.
const [genesisFile, dataDir, where] = process.argv.slice(2)
if (genesisFile === undefined || dataDir === undefined) throw new Error('a genesis file and a data folder are needed')
const place = listsPlace(where)
if (place === undefined) throw new Error('lists are kept at postgres://…, or nowhere: none')

const { node, doors, following } = await openBenchNode(genesisFile, dataDir, place)
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
