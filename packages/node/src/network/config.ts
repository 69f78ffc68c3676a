import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse, type TomlTable } from 'smol-toml'
import { isLoopbackHost } from '../engine/comet/rpc/transport.ts'

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
    await promisify(execFile)(binary, ['init', '--home', folder], { timeout: 60_000 })
    return parse(await readFile(join(folder, 'config/config.toml'), 'utf8'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** `base` with `settings` in their places; refuses a key that `base` does not have, or has with another type. Rule CONF-1. */
export function layOver(base: TomlTable, settings: Settings, path = ''): TomlTable {
  const laid: TomlTable = { ...base }
  for (const [key, value] of Object.entries(settings)) {
    const name = `${path}${key}`
    const known = Object.hasOwn(base, key) ? base[key] : undefined
    if (known === undefined) throw new ConfigRefused(`配置项未知 the engine knows no setting ${name}`)
    if (
      isTable(known) !== (typeof value === 'object') ||
      (typeof value !== 'object' && typeof known !== typeof value)
    ) {
      throw new ConfigRefused(`配置项类型不符 the setting ${name} is of another type: ${typeof known}`)
    }
    laid[key] = typeof value === 'object' ? layOver(known as TomlTable, value, `${name}.`) : value
  }
  return laid
}

/** Refuses a configuration with a key that the binary lacks, since it would be ignored silently. Rule CONF-1. */
export function checkKeys(config: TomlTable, known: TomlTable, path = ''): void {
  for (const [key, value] of Object.entries(config)) {
    const name = `${path}${key}`
    if (!Object.hasOwn(known, key)) throw new ConfigRefused(`配置项未知 the engine knows no setting ${name}`)
    const [own, theirs] = [isTable(value), isTable(known[key])]
    if (own !== theirs) throw new ConfigRefused(`配置项类型不符 the setting ${name} is of another type`)
    if (own) checkKeys(value as TomlTable, known[key] as TomlTable, `${name}.`)
  }
}

/**
 * Refuses a configuration that opens what must stay closed: RPC and metrics have no authorisation and the socket of the
 * application none either; strangers must not be let in, nor learn addresses. Rules CONF-2 and CONF-3.
 */
export function checkClosed(config: TomlTable): void {
  for (const name of ['rpc.laddr', 'instrumentation.prometheus_listen_addr', 'rpc.grpc_laddr', 'rpc.pprof_laddr']) {
    const address = setting(config, name) ?? ''
    if (address !== '' && !isLoopbackAddress(address)) {
      throw new ConfigRefused(`只能监听本机 ${name} must be a loopback address, not ${JSON.stringify(address)}`)
    }
  }
  // Whoever connects there may be the signer of blocks.
  const signer = setting(config, 'priv_validator_laddr') ?? ''
  if (signer !== '' && !isUnixAddress(signer) && !isLoopbackAddress(signer)) {
    throw new ConfigRefused(
      `只能监听本机 priv_validator_laddr must be a unix socket or a loopback address, not ${JSON.stringify(signer)}`,
    )
  }
  const fixed: readonly (readonly [string, unknown])[] = [
    ['abci', 'socket'],
    ['filter_peers', true],
    ['p2p.pex', false],
    ['p2p.seed_mode', false],
    // That transport never asks whom to let in.
    ['p2p.libp2p.enabled', false],
    ['rpc.unsafe', false],
    ['consensus.create_empty_blocks', false],
    ['consensus.create_empty_blocks_interval', '1s'],
    ['blocksync.adaptive_sync', false],
  ]
  for (const [name, value] of fixed) {
    // The line before has neither libp2p nor adaptive block sync.
    const found = setting(config, name)
    if (found !== undefined && found !== value) {
      throw new ConfigRefused(`不可更改 ${name} must be ${String(value)}, not ${JSON.stringify(found)}`)
    }
  }
  if (!isUnixAddress(setting(config, 'proxy_app'))) {
    throw new ConfigRefused('proxy_app must be a unix socket')
  }
}

/** The value at a dotted name. */
export function setting(config: TomlTable, name: string): unknown {
  return name.split('.').reduce<unknown>((table, key) => (isTable(table) ? table[key] : undefined), config)
}

const isTable = (value: unknown): value is TomlTable =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const isUnixAddress = (address: unknown): boolean => typeof address === 'string' && address.startsWith('unix://')

function isLoopbackAddress(address: unknown): boolean {
  const host = typeof address === 'string' ? /^(?:tcp:\/\/)?(.*):\d+$/.exec(address)?.[1] : undefined
  return host !== undefined && isLoopbackHost(host)
}
