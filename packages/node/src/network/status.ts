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
  /** Undefined while no node that answers has a block. */
  readonly agreement: Compared | undefined
}

/** What the nodes that answer have in their headers of one height: the last of the one that is furthest behind. */
export interface Compared {
  readonly height: number
  readonly appHashes: readonly string[]
  /** Names of those that gave no such header: they have no block yet, keep only later ones, or have ended meanwhile. */
  readonly notCompared: readonly string[]
}

/** Do all nodes that answered have one state at one height? Rule STAND-1. */
export const nodesAgree = ({ agreement }: Pick<NetworkStand, 'agreement'>): boolean =>
  agreement?.appHashes.length === 1 && agreement.notCompared.length === 0

/** Asks all nodes at once. Never rejects: a node that is down is a finding. */
export async function networkStand(asked: readonly Asked[], clock: Clock): Promise<NetworkStand> {
  const rpcs = asked.map(({ rpcUrl }) => new CometRpc(rpcUrl, { timeoutMs: 3_000 }))
  try {
    const nodes = await Promise.all(asked.map((node, place) => standOf(node, rpcs[place]!, clock)))
    return { nodes, agreement: await compareNodes(nodes, (place, height) => appHashOf(rpcs[place]!, height)) }
  } finally {
    for (const rpc of rpcs) rpc.close()
  }
}

/** @param appHashAt gives what the node in this place has in its header of a height, if it says */
export async function compareNodes(
  nodes: readonly NodeStand[],
  appHashAt: (place: number, height: number) => Promise<string | undefined>,
): Promise<Compared | undefined> {
  const answering = nodes.flatMap((node, place) => ('height' in node ? [{ ...node, place }] : []))
  const heights = answering.map(({ height }) => height).filter((height) => height > 0)
  if (heights.length === 0) return undefined
  const height = Math.min(...heights)
  const said = await Promise.all(
    answering.map(async ({ name, place }) => ({ name, appHash: await appHashAt(place, height) })),
  )
  const appHashes = new Set(said.flatMap(({ appHash }) => (appHash === undefined ? [] : [appHash])))
  const notCompared = said.filter(({ appHash }) => appHash === undefined).map(({ name }) => name)
  return { height, appHashes: [...appHashes].sort(), notCompared }
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

async function appHashOf(rpc: CometRpc, height: number): Promise<string | undefined> {
  return rpc.commit(height).then(
    ({ header }) => toHex(header.appHash),
    () => undefined,
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
