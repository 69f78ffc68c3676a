import { readFileSync } from 'node:fs'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { type ListsPlace, projectionsBeside } from '@dujiang/node/projections'
import { realClock, realDisk } from '@dujiang/node/seams'
import { openLedgerNode } from '@dujiang/node/service'
import { nodeKey, nodeValidator } from './crew.ts'

/** A node of the benches as it is deployed: real disk, all its threads, and its lists where they are to be kept. */
export async function openBenchNode(genesisFile: string, dataDir: string, place: ListsPlace) {
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
  return { node, doors, following: projectionsBeside(node, doors, listsHere, dataDir, place) }
}
