import { existsSync } from 'node:fs'
import { headerHash } from '@dujiang/chain'
import { LightClient, NodeProvider, type PinnedHeader } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { homeCard, memberCard } from '@dujiang/node/consortium'
import { type Settings, changeSettings, homePaths } from '@dujiang/node/network'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { print } from '../output.ts'
import { demandFirstBlock } from './first-block.ts'
import { type HomeFlags, home } from './home.ts'
import { othersOf } from './others.ts'
import { type PublicFiles, readPublicFiles } from './public-files.ts'

export interface JoinFlags extends HomeFlags {
  /** By replay, where that is possible, unless told. */
  readonly by?: 'replay' | 'snapshot'
  readonly from?: string
  readonly trust?: string
}

/** A week, as the engine and `dujiang light` have it unless they are told. */
const TRUSTING_MS = 7 * 86_400_000
const TRUSTING = '168h0m0s'

/** Lays out a node that joins a network which runs already: by all blocks from the first one, or by a snapshot of the others. */
export async function joinNetwork(homeDir: string, flags: JoinFlags): Promise<void> {
  const files = await readPublicFiles(flags.consortium)
  if (flags.by !== 'snapshot') {
    await demandFirstBlock(files, flags.keys, flags.by === 'replay')
    return home(homeDir, flags)
  }
  const settings = await snapshotSettings(files, flags)
  if (existsSync(homePaths(homeDir).config)) return joinAnew(homeDir, flags, settings)
  await home(homeDir, flags, settings)
}

/** A home that is there takes the settings over: its keys, and the record of what its validator has signed, must stay. */
async function joinAnew(homeDir: string, { keys }: JoinFlags, settings: Settings): Promise<void> {
  if ((await homeCard(homeDir)).nodeId !== (await memberCard(keys)).nodeId) {
    throw new Failure(`${homeDir} 是另一个节点的`, `${homeDir} is of another node`)
  }
  await changeSettings(homeDir, settings)
  const steps = `dujiang network stop ${homeDir}, reset ${homeDir} --data, start ${homeDir}`
  await print(
    say(`${homeDir} 清空后即从快照开始：${steps}\n`, `${homeDir} begins from a snapshot once it is empty: ${steps}\n`),
  )
}

async function snapshotSettings(files: PublicFiles, flags: JoinFlags): Promise<Settings> {
  const servers = (flags.from ?? '').split(',').filter((url) => url !== '')
  if (servers.length === 0) {
    throw new Failure(
      '--by snapshot 需用 --from 指明两个节点的引擎 RPC（经隧道到本机，逗号分隔）',
      '--by snapshot asks two nodes: name the RPC of their engines with --from, tunnelled to this machine and parted by a comma',
    )
  }
  const { height, hash } = await trustedHeader(files, flags)
  const { trust } = flags
  await print(
    say(
      `信任区块 ${height} ${hash}，由${trust === undefined ? '创世文件' : `你指明的 ${trust} `}逐步验证得来\n`,
      `trusting block ${height} ${hash}, verified from ${trust === undefined ? 'the genesis file' : `${trust}, which you named,`} on\n`,
    ),
  )
  const statesync = {
    enable: true,
    // The engine wants two, to compare them.
    rpc_servers: [...servers, ...servers].slice(0, Math.max(2, servers.length)).join(','),
    trust_height: height,
    trust_hash: hash.toUpperCase(),
    trust_period: TRUSTING,
  }
  return { statesync }
}

/** The newest header, verified by a light client over the interfaces of the members' nodes. */
async function trustedHeader(files: PublicFiles, { keys, trust }: JoinFlags): Promise<PinnedHeader> {
  const { urls, how } = await othersOf(files, keys)
  const [primary, ...witnesses] = urls.map((url) => new NodeProvider(url, how))
  const light = new LightClient({
    genesis: files.genesisBytes,
    crypto: nodeCrypto,
    primary: primary as NodeProvider,
    witnesses,
    trustingPeriodMs: TRUSTING_MS,
    ...(trust === undefined ? {} : { trusted: pinned(trust) }),
  })
  const { header } = await light.newest().catch((cause: unknown) => {
    const { message } = cause as Error
    throw new Failure(
      `没有可信的区块头：${message}；可用 --trust 高度:哈希 指定一个`,
      `no header can be believed: ${message}; name one with --trust HEIGHT:HASH`,
      undefined,
      cause,
    )
  })
  return { height: header.height, hash: toHex(headerHash(nodeCrypto.sha256, header)) }
}

function pinned(text: string): PinnedHeader {
  const found = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text)
  if (found !== null) return { height: Number(found[1]), hash: (found[2] as string).toLowerCase() }
  throw new Failure('--trust 写作 高度:哈希', '--trust is HEIGHT:HASH')
}
