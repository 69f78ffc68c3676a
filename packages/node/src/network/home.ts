import { chmod, mkdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { readGenesis } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { parse, stringify, type TomlTable } from 'smol-toml'
import { writeGenesisFile } from '../service/genesis-file.ts'
import { realDisk } from '../seams/index.ts'
import { cometGenesis } from './comet-genesis.ts'
import { checkClosed, ConfigRefused, layOver, type Settings, setting } from './config.ts'
import { engineProgram } from './engine-program.ts'
import { writeWhole } from '../store/whole-file.ts'
import { NOTHING_SIGNED, nodeKeyFile, validatorKeyFile } from './keys.ts'
import { type Peer, readPeers, writePeers } from './peers.ts'
import { houseSettings, peerSettings, type Ports } from './settings.ts'
import { demandSoleConfig } from './sole-config.ts'

/** Linux allows 107 bytes for the path of a unix socket, macOS 103. */
const SOCKET_PATH_BYTES_MAX = 103

/** The places of a home: the folder of one node pair, ours and CometBFT's. */
export function homePaths(home: string) {
  const root = resolve(home)
  return {
    root,
    /** The ledger's genesis file. */
    genesis: join(root, 'genesis.json'),
    peers: join(root, 'peers.json'),
    /** Signs intake receipts. */
    doorKey: join(root, 'door-key'),
    /** What this node has signed as one that has executed it; it stays with the key. */
    witness: join(root, 'checkpoint.json'),
    /** Of our process. */
    ledger: join(root, 'ledger'),
    /** Data folder of the ledger that this one follows, at its end; absent where it follows none. */
    pilot: join(root, 'pilot'),
    /** Where the two processes meet. */
    socket: join(root, 'app.sock'),
    logs: join(root, 'logs'),
    lock: join(root, 'supervisor.lock'),
    children: join(root, 'children.json'),
    /** Of the cometbft process. */
    comet: join(root, 'comet'),
    config: join(root, 'comet/config/config.toml'),
    cometGenesis: join(root, 'comet/config/genesis.json'),
    nodeKey: join(root, 'comet/config/node_key.json'),
    validatorKey: join(root, 'comet/config/priv_validator_key.json'),
    validatorState: join(root, 'comet/data/priv_validator_state.json'),
  } as const
}

export interface HomePlan {
  readonly home: string
  /** Path of the cometbft binary. */
  readonly cometbft: string
  readonly moniker: string
  readonly genesisBytes: Uint8Array
  readonly ports: Ports
  readonly peers: readonly Peer[]
  /** Ed25519 secrets of 32 bytes. A node that does not vote has a validator key too; it is in no validator set. */
  readonly nodeSecret: Uint8Array
  readonly validatorSecret: Uint8Array
  /** The organisation's own, laid over the house's. */
  readonly settings?: Settings
}

/**
 * Makes a home. Rejects when there is one: a second state of what the validator has signed would let it sign twice. Rules
 * HOME-1 to HOME-3.
 */
export async function layOutHome(plan: HomePlan): Promise<void> {
  const paths = homePaths(plan.home)
  if (Buffer.byteLength(paths.socket) > SOCKET_PATH_BYTES_MAX) {
    throw new Error(`路径太长 ${paths.socket} is too long for a socket: ${SOCKET_PATH_BYTES_MAX} bytes at most`)
  }
  if (await exists(paths.comet)) throw new Error(`${paths.comet} 已存在 is there already`)
  const founded = readGenesis(nodeCrypto.sha256, plan.genesisBytes)
  const own = houseSettings(plan.moniker, paths.socket, plan.ports, plan.peers)
  const { config: known } = await engineProgram(plan.cometbft)
  const config = layOver(layOver(known, own), plan.settings ?? {})
  checkClosed(config)

  for (const folder of [paths.root, paths.ledger, paths.logs, join(paths.comet, 'config'), join(paths.comet, 'data')]) {
    await mkdir(folder, { recursive: true })
  }
  await chmod(paths.root, 0o700)
  await writeGenesisFile(realDisk, paths.root, plan.genesisBytes)
  await writePeers(paths.peers, plan.peers)
  await writeWhole(paths.cometGenesis, cometGenesis(founded))
  await writeWhole(paths.nodeKey, nodeKeyFile(plan.nodeSecret))
  await writeWhole(paths.validatorKey, validatorKeyFile(plan.validatorSecret))
  await writeWhole(paths.validatorState, NOTHING_SIGNED)
  await writeWhole(paths.config, stringify(config))
}

/** What the outside needs to know of a home, from the settings of its engine. */
export interface HomeSettings {
  readonly moniker: string
  readonly rpcUrl: string
  readonly p2pAddress: string
  readonly metricsUrl: string
  /** Its settings name headers to trust and nodes to ask: while it has no blocks, it waits for a snapshot of the others. */
  readonly joinsBySnapshot: boolean
}

/** The same, with the peers it knows. */
export interface Home extends HomeSettings {
  readonly peers: readonly Peer[]
}

export async function readHome(home: string): Promise<Home> {
  return { ...(await readSettings(home)), peers: await readPeers(homePaths(home).peers) }
}

/** Of a home whose list of peers has a mistake in it, too. */
export async function readSettings(home: string): Promise<HomeSettings> {
  const paths = homePaths(home)
  const config = await readConfig(paths.config)
  return {
    moniker: String(setting(config, 'moniker')),
    rpcUrl: String(setting(config, 'rpc.laddr')).replace('tcp://', 'http://'),
    p2pAddress: String(setting(config, 'p2p.laddr')).replace('tcp://', ''),
    metricsUrl: `http://${String(setting(config, 'instrumentation.prometheus_listen_addr'))}/metrics`,
    joinsBySnapshot: setting(config, 'statesync.enable') === true,
  }
}

/**
 * Refuses to run a home whose configuration this binary does not understand whole, or which opens what must stay closed; of a
 * setting that is not written down the binary's own counts. Resolves with the binary's version. Rules CONF-1 to CONF-6.
 */
export async function checkHome(home: string, cometbft: string): Promise<string | undefined> {
  const { comet, config: path } = homePaths(home)
  const config = await readConfig(path)
  await demandSoleConfig(comet)
  const { config: known, version } = await engineProgram(cometbft)
  checkClosed(layOver(known, config))
  // The engine has a port of its own for that, and we would not know it.
  if (setting(config, 'rpc.laddr') === undefined) {
    throw new ConfigRefused(`缺少配置项 ${path} lacks the setting rpc.laddr`)
  }
  return version
}

/**
 * Gives a home other peers. The allow-list counts at once, whom the node calls from its next start, which is now where one is
 * connected that is listed no more: so the list is written last. Rules PEER-2 and PEER-4.
 */
export async function changePeers(home: string, peers: readonly Peer[]): Promise<void> {
  await changeSettings(home, { p2p: peerSettings(peers) })
  await writePeers(homePaths(home).peers, peers)
}

/** Lays settings over those of a home; they count from the next start of its engine. Rules CONF-1 to CONF-3. */
export async function changeSettings(home: string, settings: Settings): Promise<void> {
  const { config: path } = homePaths(home)
  const config = layOver(await readConfig(path), settings)
  checkClosed(config)
  await writeWhole(path, stringify(config))
}

async function readConfig(path: string): Promise<TomlTable> {
  const text = await readFile(path, 'utf8')
  try {
    return parse(text)
  } catch (cause) {
    const [why] = (cause as Error).message.split('\n')
    throw new ConfigRefused(`配置不是 TOML ${path}: ${why}`, { cause })
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return false
      throw cause
    },
  )
}
