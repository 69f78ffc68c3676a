import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { layOutMember, memberCard } from '@dujiang/node/consortium'
import { copyLedger } from '@dujiang/node/export'
import { type Settings, homePaths } from '@dujiang/node/network'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { explainedLocal } from '../node/trouble.ts'
import { print } from '../output.ts'
import { isLoopback } from './keys.ts'
import { wholeNumber } from './numbers.ts'
import { CONSORTIUM, readPublicFiles } from './public-files.ts'
import { cometbftHere } from './run.ts'

export interface HomeFlags {
  readonly consortium: string
  readonly keys: string
  readonly pilot?: string
  readonly listen?: string
  readonly rpc: string
  readonly metrics: string
}

/** Lays out the home of this organisation's node, with further settings of its engine. */
export async function home(homeDir: string, flags: HomeFlags, settings?: Settings): Promise<void> {
  const { genesisBytes, consortium } = await readPublicFiles(flags.consortium)
  const card = await memberCard(flags.keys)
  if (!consortium.nodes.some(({ nodeId }) => nodeId === card.nodeId)) {
    throw new Failure(
      `${CONSORTIUM} 里没有 ${card.org} 的节点：请其他成员先 dujiang network admit 它的名片`,
      `${CONSORTIUM} does not know the node of ${card.org}: let the members admit its card first (dujiang network admit)`,
    )
  }
  const [rpc, metrics] = [portOf('--rpc', flags.rpc), portOf('--metrics', flags.metrics)]
  const { path: cometbft } = await cometbftHere()
  await takePilot(genesisBytes, flags.pilot, homePaths(homeDir).pilot)
  const api = new URL(card.api)
  const listen = flags.listen?.replace(/^\[(.*)\]$/, '$1') ?? placeToListen(card.host)
  await layOutMember({
    home: homeDir,
    keysDir: flags.keys,
    genesisBytes,
    consortium,
    ports: { p2p: { host: listen, port: card.p2pPort }, rpc, cometMetrics: metrics },
    door: {
      host: isLoopback(api.hostname) ? placeToListen(api.hostname) : listen,
      port: Number(api.port === '' ? 443 : api.port),
      tls: card.authority !== undefined,
      metrics: { ledger: metrics + 1, supervisor: metrics + 2 },
    },
    cometbft,
    ...(settings && { settings }),
  }).catch(explainedLocal)
  const start = `dujiang network start ${homeDir}`
  await print(
    say(`${card.org} 的节点已就绪 ${homeDir}；启动：${start}\n`, `${homeDir} is laid out; run it: ${start}\n`),
  )
}

/** Where a node listens that is reached at this host. */
function placeToListen(host: string): string {
  const [one, all] = host.includes(':') ? ['::1', '::'] : ['127.0.0.1', '0.0.0.0']
  return isLoopback(host) ? one : all
}

const portOf = (option: string, text: string): number => wholeNumber(option, text, 1, 65_533)

/** A network that follows a pilot begins with its state, so every node has a copy of the pilot and executes it again. */
async function takePilot(genesisBytes: Uint8Array, pilot: string | undefined, to: string): Promise<void> {
  const { follows } = readGenesis(nodeCrypto.sha256, genesisBytes).genesis
  if (follows === undefined && pilot === undefined) return
  if (follows === undefined) throw new Failure('此网络不承接试点', 'this network follows no pilot: leave --pilot out')
  if (pilot === undefined)
    throw new Failure(
      `此网络承接链 ${follows.chain}：用 --pilot 指明试点的数据文件夹或其备份`,
      `this network follows the chain ${follows.chain}: name the pilot's data folder, or a backup of it, with --pilot`,
    )
  const copied = await copyLedger({ app: dujiangMarket(), crypto: nodeCrypto }, pilot, to).catch(explainedLocal)
  if (copied.chain !== follows.chain || copied.height !== follows.height) {
    throw new Failure(
      `${pilot} 是链 ${copied.chain} 的区块 ${copied.height}，不是此网络所承接的 ${follows.chain} 的区块 ${follows.height}`,
      `${pilot} is block ${copied.height} of chain ${copied.chain}; this network follows block ${follows.height} of ${follows.chain}`,
    )
  }
}
