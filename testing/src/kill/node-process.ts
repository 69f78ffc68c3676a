/**
 * A whole node as a process of its own, to be killed: market, embedded engine and HTTP API over a folder.
 * `node node-process.ts DIR [honest|lying]`; DIR holds `genesis.json`. Says on stdout, a line each, `loaded` once its code
 * is there, and after a line on stdin `ready URL` once it serves. Ends when its stdin ends, so that it outlives nobody.
 */
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { createInterface } from 'node:readline'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { serveApi } from '@dujiang/node/api'
import { realClock, realDisk } from '@dujiang/node/seams'
import { openLedgerNode } from '@dujiang/node/service'
import { personOf } from '../market-fixture.ts'
import { writeBackDisk } from './write-back-disk.ts'

const [dir = '', cache] = process.argv.slice(2)
/**
 * More writes than come after the last acknowledgement a client has on its disk: one for each act on its way and the
 * empty block behind them.
 */
const WRITES_LATE = 16

const say = (line: string): void => void process.stdout.write(`${line}\n`)

async function serve(): Promise<void> {
  const market = dujiangMarket()
  const node = await openLedgerNode({
    app: market,
    crypto: nodeCrypto,
    genesisBytes: readFileSync(`${dir}/genesis.json`),
    dataDir: `${dir}/node`,
    disk: cache === undefined ? realDisk : writeBackDisk(realDisk, cache === 'lying' ? WRITES_LATE : 0),
    clock: realClock,
    validator: personOf('SCPX', 'node').signer,
    nodeKey: personOf('SCPX', 'door').signer,
    workers: 1,
  })
  const api = await serveApi({
    node,
    doors: doorsOf(market),
    crypto: nodeCrypto,
    host: '127.0.0.1',
    port: 0,
    log: { level: 'error', stream: process.stderr },
  })
  process.once('SIGTERM', () => {
    void api
      .close()
      .then(() => node.close())
      .then(() => process.exit())
  })
  say(`ready ${api.url}`)
}

const input = createInterface({ input: process.stdin })
input.once('line', () => void serve())
input.once('close', () => process.exit())
say('loaded')
// A process that is killed would never write down what it has compiled.
flushCompileCache()
