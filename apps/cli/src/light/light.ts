import { readFile, writeFile } from 'node:fs/promises'
import { type LightBlock, headerHash, msFromTime } from '@dujiang/chain'
import {
  Diverged,
  HeaderUnknown,
  LightClient,
  NoWitness,
  NodeProvider,
  type PinnedHeader,
  TrustExpired,
} from '@dujiang/client'
import { toHex } from '@dujiang/core/crypto'
import { nodeCrypto } from '@dujiang/crypto/node'
import { EXIT_REFUSED, Failure } from '../failure.ts'
import { foundedBy } from '../genesis.ts'
import { unreadable } from '../input.ts'
import { wholeNumber } from '../network/numbers.ts'
import { say } from '../language.ts'
import { type Connection, fetchOf, nodesOf } from '../online/connection.ts'
import { jsonLine, print } from '../output.ts'
import { divergenceText } from './divergence.ts'
import { StoreFile } from './store-file.ts'

export type LightFlags = Partial<Connection> & {
  readonly genesis: string
  readonly trust?: string
  readonly days: string
  readonly store?: string
  readonly evidence: string
  readonly json?: true
}

const DAY_MS = 86_400_000

/** Verifies the newest header from several nodes, believing none of them; 0 when it is verified and confirmed. */
export async function light(flags: LightFlags): Promise<number> {
  const { genesis: path, store: storePath, json } = flags
  const genesis = Uint8Array.from(await readFile(path).catch(unreadable(path)))
  const { chain } = foundedBy(path, genesis)
  const [primary, ...witnesses] = nodesOf(flags).map((node) => new NodeProvider(node, fetchOf(flags)))
  if (primary === undefined || witnesses.length === 0) {
    throw new Failure(
      '至少用 --node 指定两个节点：一个提供，另一个证实',
      'name two nodes at least with --node: one to give the header, another to confirm it',
    )
  }
  const trusted = flags.trust === undefined ? undefined : pinned(flags.trust)
  const store = await storeOf(storePath, chain, trusted)
  const client = new LightClient({
    genesis,
    crypto: nodeCrypto,
    primary,
    witnesses,
    trustingPeriodMs: wholeNumber('--days', flags.days, 1, 365) * DAY_MS,
    ...(trusted && { trusted }),
    ...(store && { store }),
  })
  const since = (await store?.newest())?.header.height ?? trusted?.height
  const block = await client.newest().catch((cause: unknown) => explained(cause, flags.evidence))
  await store?.save()
  await print(json === true ? jsonLine(jsonOf(block, client, since)) : inWords(block, client, since))
  return 0
}

/** A header pinned by hand is where trust begins, whatever was verified before. */
async function storeOf(path: string | undefined, chain: string, trusted: PinnedHeader | undefined) {
  if (path === undefined) return undefined
  return trusted === undefined ? StoreFile.open(path, chain) : new StoreFile(path, chain)
}

function pinned(text: string): PinnedHeader {
  const [, height, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(text) ?? []
  if (height === undefined || hash === undefined) {
    throw new Failure('--trust 要写成 高度:哈希', '--trust takes HEIGHT:HASH, the hash hexadecimal')
  }
  return { height: Number(height), hash }
}

/** @param since the height at which trust began; undefined for the genesis file */
function jsonOf({ header, validators }: LightBlock, { sources, confirmedBy }: LightClient, since: number | undefined) {
  return {
    height: header.height,
    time: new Date(msFromTime(header.time)).toISOString(),
    hash: toHex(headerHash(nodeCrypto.sha256, header)),
    app_hash: toHex(header.appHash),
    trusted: since ?? 'genesis',
    source: sources.primary,
    confirmed_by: confirmedBy,
    dropped: sources.dropped,
    validators: validators.map(({ publicKey, power }) => ({ key: toHex(publicKey), power })),
  }
}

function inWords(block: LightBlock, client: LightClient, since: number | undefined): string {
  const { height, time, hash, app_hash, source, confirmed_by, dropped, validators } = jsonOf(block, client, since)
  const witnesses = confirmed_by.join(', ')
  return `${[
    say(`✓ 区块头 ${height} · ${time}`, `✓ header ${height} · ${time}`),
    say(`哈希 ${hash}`, `hash ${hash}`),
    say(`状态 ${app_hash}`, `state ${app_hash}`),
    since === undefined
      ? say('信任起于创世文件', 'trust began with the genesis file')
      : say(`信任起于区块头 ${since}`, `trust began with header ${since}`),
    confirmed_by.length === 0
      ? say('没有比已核验的更新的区块头', 'no header is newer than what was verified before')
      : say(`由 ${source} 提供，${witnesses} 证实`, `given by ${source}, confirmed by ${witnesses}`),
    ...dropped.map((each) =>
      say(`不再采信 ${each.source}：${each.reason}`, `no longer asked: ${each.source}: ${each.reason}`),
    ),
    say('验证人：', 'validators:'),
    ...validators.map(({ key, power }) => `  ${key} ${say('票权', 'power')} ${power}`),
  ].join('\n')}\n`
}

async function explained(cause: unknown, evidencePath: string): Promise<never> {
  if (cause instanceof Diverged) {
    await writeFile(evidencePath, divergenceText(cause))
    const [one, other] = cause.sources
    throw new Failure(
      `${one} 与 ${other} 各自证明了不同的链：不要采信任何一条，证据已写入 ${evidencePath}，请交各成员：dujiang network evidence 把它记录在链`,
      `${one} and ${other} have proved different chains: believe neither, and give the members ${evidencePath}, the evidence: dujiang network evidence puts it on record`,
      EXIT_REFUSED,
      cause,
    )
  }
  if (cause instanceof TrustExpired) {
    throw new Failure(
      `区块头 ${cause.trustedHeight} 已过信任期：从可信的人处取得较新的高度和哈希，用 --trust 高度:哈希`,
      `header ${cause.trustedHeight} is older than the trusting period: get a newer height and hash from somebody you trust, and give --trust HEIGHT:HASH`,
      EXIT_REFUSED,
      cause,
    )
  }
  if (cause instanceof NoWitness || cause instanceof HeaderUnknown) {
    throw new Failure(`未能核验：${cause.message}`, `nothing is verified: ${cause.message}`, EXIT_REFUSED, cause)
  }
  throw cause
}
