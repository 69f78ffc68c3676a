import type { CometRpc } from '../engine/comet/rpc.ts'
import type { Peer } from './peers.ts'
import type { Look } from './standstill.ts'

/** What a look asks a cometbft process. */
export type Looked = Pick<CometRpc, 'status' | 'netInfo' | 'peerHeightMax'>

/**
 * Looks at a cometbft process that is to be connected with these peers; undefined when it does not answer. What its peers decide
 * on is asked only where `asksPeers`, and may stay unknown: the engine answers that under the lock that it holds while it executes
 * a block, and writes the whole state of its round down for it.
 */
export async function lookAt(
  rpc: Looked,
  listed: readonly Peer[] | undefined,
  asksPeers: boolean,
): Promise<Look | undefined> {
  try {
    const [{ height, catchingUp }, peers] = await Promise.all([rpc.status(), rpc.netInfo()])
    const peerHeightMax = asksPeers ? await rpc.peerHeightMax().catch(() => undefined) : undefined
    const ids = peers.map(({ nodeId }) => nodeId)
    const look = { height, catchingUp, peerHeightMax, connected: ids.length }
    // Without a list nobody is missing, and nobody is a stranger.
    if (listed === undefined) return { ...look, missing: [], strangers: [] }
    const missing = listed.filter(({ nodeId }) => !ids.includes(nodeId)).map(({ name }) => name)
    const strangers = ids.filter((id) => listed.every(({ nodeId }) => nodeId !== id))
    return { ...look, missing, strangers }
  } catch {
    return undefined
  }
}
