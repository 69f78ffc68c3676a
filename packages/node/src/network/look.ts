import type { CometRpc } from '../engine/comet/rpc.ts'
import { readPeers } from './peers.ts'
import type { Look } from './standstill.ts'

/** Looks at a cometbft process that is to be connected with the peers of a list; undefined when it does not answer. */
export async function lookAt(rpc: CometRpc, peersPath: string): Promise<Look | undefined> {
  try {
    const [{ height, catchingUp }, connected, peerHeightMax] = await Promise.all([
      rpc.status(),
      rpc.netInfo(),
      rpc.peerHeightMax(),
    ])
    const ids = new Set(connected.map(({ nodeId }) => nodeId))
    // A list with a mistake in it names nobody who could be missing; the application says what is wrong with it.
    const listed = await readPeers(peersPath).catch(() => [])
    const missing = listed.filter(({ nodeId }) => !ids.has(nodeId)).map(({ name }) => name)
    return { height, catchingUp, peerHeightMax, connected: ids.size, missing }
  } catch {
    return undefined
  }
}
