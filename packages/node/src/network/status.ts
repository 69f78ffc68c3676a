import { msFromTime } from '@dujiang/chain'
import { toHex } from '@dujiang/core/crypto'
import { CometRpc } from '../engine/comet/rpc.ts'
import type { Clock } from '../seams/index.ts'

/** A node to be asked. */
export interface Asked {
  readonly name: string
  /** Of its cometbft process. */
  readonly rpcUrl: string
  /** Of its HTTP interface, if it is to be asked too. */
  readonly apiUrl?: string
}

/** Where one node stands; `trouble` instead when it does not answer. */
export type NodeStand =
  | {
      readonly name: string
      readonly nodeId: string
      readonly height: number
      readonly timeMs: number
      /** How far the newest block's time is behind this machine's clock. */
      readonly lagMs: number
      /** In the newest header: after the block before it. */
      readonly appHash: string
      readonly catchingUp: boolean
      /** Names of the connected peers. */
      readonly peers: readonly string[]
      /** 0 when it does not vote. */
      readonly power: number
      /** The answer of its `/v1/status`; absent when it was not asked or gave none. */
      readonly ledger?: Readonly<Record<string, unknown>>
    }
  | { readonly name: string; readonly trouble: string }

export interface NetworkStand {
  readonly nodes: readonly NodeStand[]
  /** The app hashes that the answering nodes have in the header of one height that all of them have; one when they agree. */
  readonly agreement: { readonly height: number; readonly appHashes: readonly string[] } | undefined
}

/** Asks all nodes at once. Never rejects: a node that is down is a finding. */
export async function networkStand(asked: readonly Asked[], clock: Clock): Promise<NetworkStand> {
  const rpcs = asked.map(({ rpcUrl }) => new CometRpc(rpcUrl, { timeoutMs: 3_000 }))
  try {
    const nodes = await Promise.all(asked.map((node, place) => standOf(node, rpcs[place]!, clock)))
    const heights = nodes.flatMap((node) => ('height' in node && node.height > 0 ? [node.height] : []))
    if (heights.length === 0) return { nodes, agreement: undefined }
    const height = Math.min(...heights)
    const answering = rpcs.filter((_, place) => 'height' in nodes[place]!)
    const hashes = await Promise.all(answering.map((rpc) => appHashAt(rpc, height)))
    return { nodes, agreement: { height, appHashes: [...new Set(hashes.flat())].sort() } }
  } finally {
    for (const rpc of rpcs) rpc.close()
  }
}

async function standOf({ name, apiUrl }: Asked, rpc: CometRpc, clock: Clock): Promise<NodeStand> {
  try {
    const [status, peers, ledger] = await Promise.all([rpc.status(), rpc.netInfo(), ledgerStatus(apiUrl)])
    const timeMs = msFromTime(status.time)
    return {
      name,
      nodeId: status.nodeId,
      height: status.height,
      timeMs,
      lagMs: clock.nowMs() - timeMs,
      appHash: toHex(status.appHash),
      catchingUp: status.catchingUp,
      peers: peers.map(({ moniker }) => moniker).sort(),
      power: status.validator.power,
      ...(ledger === undefined ? {} : { ledger }),
    }
  } catch (cause) {
    return { name, trouble: (cause as Error).message }
  }
}

/** None when the node has ended meanwhile, or keeps blocks from later on only. */
async function appHashAt(rpc: CometRpc, height: number): Promise<readonly string[]> {
  return rpc.commit(height).then(
    ({ header }) => [toHex(header.appHash)],
    () => [],
  )
}

async function ledgerStatus(apiUrl: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (apiUrl === undefined) return undefined
  try {
    const answer = await fetch(new URL('/v1/status', apiUrl), { signal: AbortSignal.timeout(3_000) })
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
