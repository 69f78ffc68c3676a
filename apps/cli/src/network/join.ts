import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { headerHash } from '@dujiang/chain'
import { LightClient, NodeProvider, type PinnedHeader } from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { authoritiesOf, memberCard } from '@dujiang/node/consortium'
import { Failure } from '../failure.ts'
import { say } from '../language.ts'
import { tlsFetch } from '../online/tls-fetch.ts'
import { print } from '../output.ts'
import { type HomeFlags, home } from './home.ts'
import { MEMBERS, type PublicFiles, readPublicFiles } from './public-files.ts'

export interface JoinFlags extends HomeFlags {
  readonly by: 'replay' | 'snapshot'
  readonly from?: string
  readonly trust?: string
}

/** Two weeks: less than the members take to look into a fault, and the engine's own measure. */
const TRUSTING_MS = 14 * 86_400_000
const TRUSTING = '336h0m0s'

/** Lays out a node that joins a network which runs already: by all blocks from the first one, or by a snapshot of the others. */
export async function joinNetwork(homeDir: string, flags: JoinFlags): Promise<void> {
  if (flags.by === 'replay') return home(homeDir, flags)
  const servers = (flags.from ?? '').split(',').filter((url) => url !== '')
  if (servers.length === 0) {
    throw new Failure(
      '--by snapshot 需用 --from 指明两个节点的引擎 RPC（经隧道到本机，逗号分隔）',
      '--by snapshot asks two nodes: name the RPC of their engines with --from, tunnelled to this machine and parted by a comma',
    )
  }
  const { height, hash } = await trustedHeader(await readPublicFiles(flags.consortium), flags)
  await print(
    say(
      `信任区块 ${height} ${hash}，由创世文件逐步验证得来\n`,
      `trusting block ${height} ${hash}, verified from the genesis file on\n`,
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
  await home(homeDir, flags, { statesync })
}

/** The newest header, verified by a light client over the interfaces of the members' nodes. */
async function trustedHeader(
  { genesisBytes, consortium }: PublicFiles,
  { keys, trust }: JoinFlags,
): Promise<PinnedHeader> {
  const authorities = authoritiesOf(consortium)
  if (authorities !== '') await writeFile(join(keys, MEMBERS), authorities)
  const fetch = authorities === '' ? {} : { fetch: tlsFetch(keys) }
  const own = await memberCard(keys)
  const others = consortium.nodes.filter(({ nodeId }) => nodeId !== own.nodeId)
  const [primary, ...witnesses] = others.map(({ api }) => new NodeProvider(api, fetch))
  const light = new LightClient({
    genesis: genesisBytes,
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
