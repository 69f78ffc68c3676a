import { selfTest } from '@dujiang/crypto/selftest'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Api, serveApi } from '@dujiang/node/api'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { StoreFault } from '@dujiang/node/store'
import { forgetHolder, inUse, sayHolder } from './data-dir.ts'
import type { Founded } from './found.ts'
import { Trouble } from './trouble.ts'

/** A ledger that runs in this process, with its API. */
export interface Served {
  readonly node: LedgerNode
  readonly url: string
  /** Takes in nothing more, answers what waits, closes the ledger. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'
const PORT = 26_680
const PORTS_TRIED = 20

/** Puts the market behind a node and the node behind its API. */
export async function serve(dataDir: string, { genesisBytes, keys }: Founded, port?: number): Promise<Served> {
  selfTest(nodeCrypto, signerFromSecret)
  const market = dujiangMarket()
  const node = await openLedgerNode({
    app: market,
    crypto: nodeCrypto,
    genesisBytes,
    dataDir,
    disk: realDisk,
    clock: realClock,
    validator: keys.validator,
    nodeKey: keys.node,
  }).catch((cause: unknown) => {
    throw cause instanceof StoreFault && cause.kind === 'locked' ? inUse(dataDir, cause) : cause
  })
  try {
    const api = await listen(port, (at) =>
      serveApi({
        node,
        doors: doorsOf(market),
        crypto: nodeCrypto,
        host: HOST,
        port: at,
        log: { level: 'error', stream: process.stderr },
      }),
    )
    sayHolder(dataDir, api.url)
    return {
      node,
      url: api.url,
      async close() {
        await api.close()
        await node.close()
        forgetHolder(dataDir)
      },
    }
  } catch (cause) {
    await node.close()
    throw cause
  }
}

async function listen(port: number | undefined, open: (port: number) => Promise<Api>): Promise<Api> {
  const first = port ?? PORT
  const last = port ?? PORT + PORTS_TRIED - 1
  for (let at = first; ; at++) {
    try {
      return await open(at)
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'EADDRINUSE') throw cause
      if (at === last) {
        throw new Trouble(
          `端口 ${first}${first === last ? '' : `~${last}`} 已被占用；请用 --port 另指`,
          'port in use, name another with --port',
          cause,
        )
      }
    }
  }
}
