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
    const ids = connected.map(({ nodeId }) => nodeId)
    const look = { height, catchingUp, peerHeightMax, connected: ids.length }
    // A list with a mistake in it names nobody, neither who is missing nor who may be here; the application says what is wrong.
    const listed = await readPeers(peersPath).catch(() => undefined)
    if (listed === undefined) return { ...look, missing: [], strangers: [] }
    const missing = listed.filter(({ nodeId }) => !ids.includes(nodeId)).map(({ name }) => name)
    const strangers = ids.filter((id) => listed.every(({ nodeId }) => nodeId !== id))
    return { ...look, missing, strangers }
  } catch {
    return undefined
  }
}
