import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Application, readGenesis } from '@dujiang/chain'
import { type Signer, fromHex, toHex } from '@dujiang/core/crypto'
import { nodeCrypto, signerFromSecret } from '@dujiang/crypto/node'
import { storedLedger } from '../export/stored-ledger.ts'
import { type Clock, type Disk, realClock, realDisk } from '../seams/index.ts'
import { type LedgerNode, type NetworkNodeOptions, openNetworkNode } from '../service/index.ts'
import { writeWhole } from '../store/whole-file.ts'
import { homePaths, readHome } from './home.ts'
import { peerAllowed, readPeers } from './peers.ts'
import { signedHeightOf } from './signed-height.ts'

export interface HomeNodeOptions
  extends Pick<NetworkNodeOptions, 'workers' | 'limits' | 'blocksKept' | 'snapshotEvery' | 'log' | 'metrics'> {
  readonly disk?: Disk
  readonly clock?: Clock
}

/** Opens the ledger's half of a home: the cometbft process of the home may be started once it resolves. */
export async function openHomeNode(home: string, app: Application, options: HomeNodeOptions = {}): Promise<LedgerNode> {
  const paths = homePaths(home)
  const { disk = realDisk, clock = realClock, ...more } = options
  const { rpcUrl, joinsBySnapshot } = await readHome(home)
  let allowed = await allowedIds(paths.peers)
  const genesisBytes = Uint8Array.from(await readFile(paths.genesis))
  const { follows } = readGenesis(nodeCrypto.sha256, genesisBytes).genesis
  return openNetworkNode({
    ...more,
    app,
    crypto: nodeCrypto,
    genesisBytes,
    joinsBySnapshot,
    ...(follows && { predecessor: () => storedLedger(app, nodeCrypto, paths.pilot) }),
    dataDir: paths.ledger,
    disk,
    clock,
    nodeKey: await doorKey(paths.doorKey),
    signedHeight: await signedHeightOf(home),
    socketPath: paths.socket,
    rpcUrl,
    // The list as it is now; while it cannot be read, the last one that could. That it cannot is the supervisor's to tell (PEER-5).
    peerAllowed: async (query) => {
      allowed = await allowedIds(paths.peers).catch(() => allowed)
      return peerAllowed(query, allowed) ?? false
    },
  })
}

const allowedIds = async (path: string): Promise<ReadonlySet<string>> =>
  new Set((await readPeers(path)).map(({ nodeId }) => nodeId))

/** The key that signs intake receipts, hexadecimal in a file of its owner alone; made when there is none. */
export async function doorKey(path: string): Promise<Signer> {
  const kept = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw cause
  })
  const secret = kept === undefined ? Uint8Array.from(randomBytes(32)) : fromHex(kept.trim())
  if (kept === undefined) await writeWhole(path, `${toHex(secret)}\n`)
  return signerFromSecret('ed25519', secret)
}
