import { readGenesis } from '@dujiang/chain'
import { selfTest } from '@dujiang/crypto/selftest'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { type Api, serveApi } from '@dujiang/node/api'
import { listsPlace, projectionsBeside } from '@dujiang/node/projections'
import { SignedBeyond, SignedHeight } from '@dujiang/node/guard'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { StoreFault } from '@dujiang/node/store'
import { consolePages } from './console.ts'
import { forgetHolder, inUse, sayHolder } from './data-dir.ts'
import { demoKeysPath } from './demo-keys.ts'
import type { Founded } from './found.ts'
import { sampleIdentities } from './sample-identities.ts'
import { sandbox } from './sandbox.ts'
import { Trouble } from './trouble.ts'

/** A ledger that runs in this process, with its API. */
export interface Served {
  readonly node: LedgerNode
  readonly url: string
  /** Takes in nothing more, answers what waits, closes the ledger. */
  close(): Promise<void>
}

const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
const HOST = '127.0.0.1'
const PORT = 26_680
const PORTS_TRIED = 20

/** Puts the market behind a node and the node behind its API. */
export async function serve(dataDir: string, { genesisBytes, keys }: Founded, port?: number): Promise<Served> {
  const place = listsPlace(process.env['DUJIANG_PROJECTIONS'])
  if (place === undefined) {
    throw new Trouble('DUJIANG_PROJECTIONS 取 none 或 postgres://…', 'DUJIANG_PROJECTIONS is none, or postgres://…')
  }
  selfTest(nodeCrypto, signerFromSecret)
  const market = dujiangMarket()
  const signed = SignedHeight.beside(demoKeysPath(dataDir), readGenesis(nodeCrypto.sha256, genesisBytes).chain)
  let node: LedgerNode
  try {
    await signed.allow(dataDir)
    node = await openLedgerNode({
      app: market,
      crypto: nodeCrypto,
      genesisBytes,
      dataDir,
      disk: realDisk,
      clock: realClock,
      validator: keys.validator,
      nodeKey: keys.node,
    })
    signed.follow(node)
  } catch (cause) {
    signed.close()
    throw explained(dataDir, signed, cause)
  }
  const doors = doorsOf(market)
  const following = projectionsBeside(node, doors, listsHere, dataDir, place)
  const close = async (): Promise<void> => {
    await following.projections?.close()
    await node.close()
    signed.close()
  }
  try {
    const api = await listen(port, (at) =>
      serveApi({
        node,
        doors,
        crypto: nodeCrypto,
        host: HOST,
        port: at,
        log: { level: 'error', stream: process.stderr },
        webhooks: {
          dir: `${dataDir}/webhooks`,
          signer: keys.node,
          log: (line) => void process.stderr.write(`${line}\n`),
        },
        demo: true,
        routes: [sampleIdentities(keys), sandbox(node, keys)],
        pages: consolePages,
        ...following,
      }),
    )
    sayHolder(dataDir, api.url)
    return {
      node,
      url: api.url,
      async close() {
        await Promise.all([api.close(), node.stop()])
        await close()
        forgetHolder(dataDir)
      },
    }
  } catch (cause) {
    await close()
    throw cause
  }
}

/** What the person who started it can do about it. */
function explained(dataDir: string, { path }: SignedHeight, cause: unknown): unknown {
  if (cause instanceof StoreFault && cause.kind === 'locked') return inUse(dataDir, cause)
  if (cause instanceof StoreFault && cause.kind === 'damaged') {
    return new Trouble(
      `账本文件已损坏（${cause.message}）；请恢复备份，或用 --data 另指目录重新开始（默认目录可 npm run reset 清除）`,
      `the ledger's files are damaged (${cause.message}): restore a backup, or start anew in another --data folder (npm run reset removes the default one)`,
      cause,
    )
  }
  if (cause instanceof SignedBeyond) {
    const { signedHeight, ledgerHeight } = cause
    return new Trouble(
      `密钥已签到区块 ${signedHeight}，账本却止于 ${ledgerHeight}：这是较旧的副本；其后的区块确已丢失时，删除 ${path} 再启动`,
      `the key has signed up to block ${signedHeight}, and the ledger ends at ${ledgerHeight}: it is an older copy; when the blocks after it are lost for good, remove ${path} and start again`,
      cause,
    )
  }
  return cause
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
