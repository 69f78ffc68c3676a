import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { selfTest } from '@dujiang/crypto/selftest'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { serveApi } from '@dujiang/node/api'
import { SignedHeight } from '@dujiang/node/guard'
import { NodeMetrics, serveMetrics } from '@dujiang/node/metrics'
import { listsPlace, projectionsBeside } from '@dujiang/node/projections'
import { realClock, realDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { type Signer, toHex } from '@dujiang/core/crypto'
import { consolePages } from '../console-pages.ts'
import { Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { unreadable } from '../input.ts'
import { openKeyFile } from '../keys/key-file.ts'
import { passphraseFor } from '../keys/passphrase.ts'
import { say } from '../language.ts'
import { wholeNumber } from '../network/numbers.ts'
import { print } from '../output.ts'
import { listsHere } from '../projections/here.ts'
import { webhooksDir } from '../webhooks/folder.ts'
import { removeHolder, writeHolder } from './holder.ts'
import { explainedLocal } from './trouble.ts'

export interface StartFlags {
  readonly data: string
  readonly key: string
  readonly genesis?: string
  readonly nodeKey?: string
  readonly port: string
  readonly host: string
  readonly metrics?: string
  readonly projections?: string
  readonly afterLoss?: string
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
}

/** Runs a node until SIGTERM or SIGINT. */
export async function start(flags: StartFlags): Promise<void> {
  const port = wholeNumber('--port', flags.port, 0, 65_535)
  const metricsPort = flags.metrics === undefined ? undefined : wholeNumber('--metrics', flags.metrics, 1, 65_535)
  if (flags.afterLoss !== undefined && !/^\d{1,15}$/.test(flags.afterLoss)) {
    throw new Failure('--after-loss 取一个区块高度', '--after-loss takes the height of a block')
  }
  const place = listsPlace(flags.projections)
  if (place === undefined)
    throw new Failure('--projections 取 none 或 postgres://…', '--projections is none, or postgres://…')
  selfTest(nodeCrypto, signerFromSecret)
  const metrics = new NodeMetrics()
  const numbers =
    metricsPort === undefined ? undefined : await serveMetrics(metrics.registry, metricsPort).catch(explainedLocal)
  const { node, signed, door } = await open(flags, metrics).catch(explainedLocal)
  metrics.watch(node, realClock)
  const doors = doorsOf(dujiangMarket())
  const following = projectionsBeside(node, doors, listsHere, flags.data, place)
  const api = await serveApi({
    node,
    doors,
    ...following,
    pages: consolePages,
    crypto: nodeCrypto,
    host: flags.host,
    port,
    log: { level: flags.logLevel, stream: process.stderr },
    metrics,
    webhooks: { dir: webhooksDir(flags.data), signer: door, log: (line) => void process.stderr.write(`${line}\n`) },
  }).catch(async (cause: unknown) => {
    await following.projections?.close()
    await node.close()
    signed.close()
    return explainedLocal(cause)
  })
  writeHolder(flags.data, { pid: process.pid, url: api.url })
  const { height, appHash } = node.status()
  await print(
    say(
      `节点在 ${api.url} 提供服务：链 ${node.chain}，区块 ${height}，状态 ${appHash}\n节点运营方可见未截止的申报\n`,
      `serving ${api.url}: chain ${node.chain}, block ${height}, state ${appHash}\nwhoever operates a node can read orders before their gate\n`,
    ),
  )
  await asked()
  await Promise.all([api.close(), node.stop()])
  await following.projections?.close()
  await node.close()
  signed.close()
  await numbers?.close()
  removeHolder(flags.data)
}

interface Opened {
  readonly node: LedgerNode
  readonly signed: SignedHeight
  /** The node's own key. */
  readonly door: Signer
}

async function open({ data, key, genesis, nodeKey, afterLoss }: StartFlags, metrics: NodeMetrics): Promise<Opened> {
  const genesisPath = genesis ?? join(data, 'genesis.json')
  const genesisBytes = Uint8Array.from(await readFile(genesisPath).catch(unreadable(genesisPath)))
  const validator = await openKeyFile(key, passphraseFor)
  const door = nodeKey === undefined ? validator : await openKeyFile(nodeKey, passphraseFor)
  if (validator.scheme !== 'ed25519' || door.scheme !== 'ed25519') {
    throw new Failure(
      '节点的密钥须为 ed25519：dujiang keys new --scheme ed25519',
      "a node's keys are ed25519: dujiang keys new --scheme ed25519",
    )
  }
  const { chain, genesis: stated } = foundedBy(genesisPath, genesisBytes)
  const named = stated.validators.map((each) => each.key)
  // Asked before anything is written: a folder founded for the wrong key would be in the way of the right one.
  if (named.length !== 1 || named[0] !== toHex(validator.signer.publicKey)) {
    throw new Failure(
      `${key} 不是创世文件 ${genesisPath} 指定的唯一验证人`,
      `${key} is not the one validator that ${genesisPath} names`,
    )
  }
  const signed = SignedHeight.beside(key, chain)
  try {
    await signed.allow(data, afterLoss === undefined ? undefined : Number(afterLoss))
    const node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes,
      dataDir: data,
      disk: realDisk,
      clock: realClock,
      validator: validator.signer,
      nodeKey: door.signer,
      metrics,
    })
    signed.follow(node)
    return { node, signed, door: door.signer }
  } catch (cause) {
    signed.close()
    throw cause
  }
}

const asked = (): Promise<unknown> =>
  Promise.race(['SIGTERM', 'SIGINT'].map((signal) => new Promise((resolve) => process.once(signal, resolve))))
