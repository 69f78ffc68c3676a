import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse, type TomlTable, type TomlValue } from 'smol-toml'
import { isLoopbackHost } from '../engine/comet/rpc/transport.ts'
import { engineEnv } from './engine-env.ts'

/** Settings laid over the engine's own, in its words: `{ consensus: { timeout_commit: '200ms' } }`. */
export interface Settings {
  readonly [key: string]: string | number | boolean | Settings
}

/** A setting that must not be: the engine would ignore it without a word, or it would open a door. */
export class ConfigRefused extends Error {
  override name = 'ConfigRefused'
}

/** Everything this binary can be told, with its own defaults: what it writes into a fresh home. */
export async function defaultConfig(binary: string): Promise<TomlTable> {
  const folder = await mkdtemp(join(tmpdir(), 'dujiang-cometbft-'))
  try {
    const env = engineEnv(process.env)
    await promisify(execFile)(binary, ['init', '--home', folder], { timeout: 60_000, env })
    return parse(await readFile(join(folder, 'config/config.toml'), 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * `base` with `settings` in their places; refuses a key that `base` does not have, or has with another type: the engine would
 * ignore it without a word. Rule CONF-1.
 */
export function layOver(base: TomlTable, settings: Settings | TomlTable, path = ''): TomlTable {
  const laid: TomlTable = { ...base }
  for (const [key, value] of Object.entries<TomlValue | Settings>(settings)) {
    const name = `${path}${key}`
    const known = Object.hasOwn(base, key) ? base[key] : undefined
    if (known === undefined) throw new ConfigRefused(`配置项未知 the engine knows no setting ${name}`)
    if (kindOf(known) !== kindOf(value)) {
      throw new ConfigRefused(`配置项类型不符 the setting ${name} is of another type: ${kindOf(known)}`)
    }
    laid[key] = isTable(known) ? layOver(known, value as Settings, `${name}.`) : (value as TomlValue)
  }
  return laid
}

/** With less, a busy machine's proposal comes too late for this validator's vote, and nobody sees why rounds fail. */
const PROPOSE_MS_MIN = 1_000

/**
 * Refuses a whole configuration that opens what must stay closed: RPC and metrics have no authorisation and the socket of the
 * application none either; strangers must not be let in, nor learn addresses. And one in which the ledger would not go on: the
 * heartbeat, the mempool and the patience with a proposer are its own. Rules CONF-2, CONF-3 and CONF-5.
 */
export function checkClosed(config: TomlTable): void {
  for (const name of ['rpc.laddr', 'instrumentation.prometheus_listen_addr', 'rpc.grpc_laddr', 'rpc.pprof_laddr']) {
    const address = setting(config, name) ?? ''
    if (address !== '' && !isLoopbackAddress(address)) {
      throw new ConfigRefused(`只能监听本机 ${name} must be a loopback address, not ${JSON.stringify(address)}`)
    }
  }
  // We ask there, so it is no other form of an address, and not none.
  const rpc = setting(config, 'rpc.laddr')
  if (typeof rpc !== 'string' || !rpc.startsWith('tcp://')) {
    throw new ConfigRefused(`须监听本机 rpc.laddr must be a loopback address at tcp://, not ${JSON.stringify(rpc)}`)
  }
  // Whoever connects there may be the signer of blocks.
  const signer = setting(config, 'priv_validator_laddr') ?? ''
  if (signer !== '' && !isUnixAddress(signer) && !isLoopbackAddress(signer)) {
    throw new ConfigRefused(
      `只能监听本机 priv_validator_laddr must be a unix socket or a loopback address, not ${JSON.stringify(signer)}`,
    )
  }
  for (const [name, value] of FIXED) {
    // The line before has neither libp2p nor adaptive block sync.
    const found = setting(config, name)
    if (found !== undefined && found !== value) {
      throw new ConfigRefused(`不可更改 ${name} must be ${String(value)}, not ${JSON.stringify(found)}`)
    }
  }
  if (!isUnixAddress(setting(config, 'proxy_app'))) {
    throw new ConfigRefused('proxy_app must be a unix socket')
  }
  const propose = setting(config, 'consensus.timeout_propose')
  if (propose !== undefined && !((wholeMs(propose) ?? 0) >= PROPOSE_MS_MIN)) {
    throw new ConfigRefused(
      `太短 consensus.timeout_propose must be 1s at least, in whole s or ms, not ${JSON.stringify(propose)}`,
    )
  }
}

const FIXED: readonly (readonly [string, unknown])[] = [
  ['abci', 'socket'],
  ['filter_peers', true],
  ['p2p.pex', false],
  ['p2p.seed_mode', false],
  // That transport never asks whom to let in.
  ['p2p.libp2p.enabled', false],
  ['rpc.unsafe', false],
  // Another kind proposes nothing of what the relay hands it, and parcels leave this one by recheck.
  ['mempool.type', 'flood'],
  ['mempool.recheck', true],
  ['mempool.broadcast', true],
  ['consensus.create_empty_blocks', false],
  ['consensus.create_empty_blocks_interval', '1s'],
  ['blocksync.adaptive_sync', false],
]

/** The value at a dotted name. */
export function setting(config: TomlTable, name: string): unknown {
  return name.split('.').reduce<unknown>((table, key) => (isTable(table) ? table[key] : undefined), config)
}

const isTable = (value: unknown): value is TomlTable => kindOf(value) === 'table'

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (value instanceof Date) return 'time'
  return typeof value === 'object' && value !== null ? 'table' : typeof value
}

const isUnixAddress = (address: unknown): boolean => typeof address === 'string' && address.startsWith('unix://')

/** An address of IPv6 is in brackets, or the engine would not find the port. */
function isLoopbackAddress(address: unknown): boolean {
  const host = typeof address === 'string' ? /^(?:tcp:\/\/)?(\[.*\]|[^:]*):\d+$/.exec(address)?.[1] : undefined
  return host !== undefined && isLoopbackHost(host)
}

function wholeMs(duration: unknown): number | undefined {
  const [, count, unit] = /^(\d{1,9})(ms|s)$/.exec(String(duration)) ?? []
  return count === undefined ? undefined : Number(count) * (unit === 's' ? 1_000 : 1)
}
