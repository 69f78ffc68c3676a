import { serveHome } from '@dujiang/node/consortium'
import { doorsOf, dujiangMarket } from '@dujiang/market'

/** The ledger's half of a pair, started by its supervisor with the folder of the node's home. */
const [home] = process.argv.slice(2) as [string]
const market = dujiangMarket()
await serveHome(home, market, doorsOf(market))
process.exit()
