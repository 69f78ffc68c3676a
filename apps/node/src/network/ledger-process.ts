import { serveHome } from '@dujiang/node/consortium'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { networkMembers } from '@dujiang/testing/province'
import { consolePages } from '../console.ts'
import { demoKeys } from '../demo-keys.ts'
import { sampleIdentities } from '../sample-identities.ts'
import { sandbox } from '../sandbox.ts'
import { networkDirOf } from './found.ts'

/** The ledger's half of a pair, started by its supervisor with the folder of the node's home. */
const [home] = process.argv.slice(2) as [string]
const market = dujiangMarket()
const keys = demoKeys(networkDirOf(home))
const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
await serveHome(home, market, doorsOf(market), listsHere, {
  demo: true,
  routes: (node) => [sampleIdentities(keys, networkMembers), sandbox(node, keys, networkMembers)],
  pages: consolePages,
})
process.exit()
