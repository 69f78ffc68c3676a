import { createServer } from 'node:net'
import { Trouble } from '../trouble.ts'

/** Where one node of the network listens, all on this machine. */
export interface NodePorts {
  readonly p2p: number
  readonly rpc: number
  readonly cometMetrics: number
  readonly api: number
  /** Numbers for Prometheus, of the ledger and of the supervisor. */
  readonly ledgerMetrics: number
  readonly supervisorMetrics: number
}

export const HOST = '127.0.0.1'
const FIRST = 26_700
const BLOCKS_TRIED = 20
/** Room of a node, and of the whole network. */
const NODE_STRIDE = 10
const BLOCK_STRIDE = 100

/** Ports for so many nodes: from `first` on, or else from the first block that is wholly free. */
export async function choosePorts(nodes: number, first: number | undefined): Promise<readonly NodePorts[]> {
  const tried = first === undefined ? BLOCKS_TRIED : 1
  for (let at = 0; at < tried; at++) {
    const block = portsFrom((first ?? FIRST) + at * BLOCK_STRIDE, nodes)
    if ((await takenOf(block)) === undefined) return block
  }
  throw new Trouble(
    `端口 ${first ?? FIRST} 起已被占用；请用 --port 另指`,
    `ports from ${first ?? FIRST} on are in use: name others with --port`,
  )
}

/** Throws when one of these is in use: a node that cannot listen would be started again and again. */
export async function demandFree(ports: readonly NodePorts[]): Promise<void> {
  const taken = await takenOf(ports)
  if (taken === undefined) return
  throw new Trouble(
    `端口 ${taken} 已被占用，可能同一网络正在运行`,
    `port ${taken} is in use: the same network may be running`,
  )
}

function portsFrom(first: number, nodes: number): readonly NodePorts[] {
  return Array.from({ length: nodes }, (_, at) => {
    const own = first + at * NODE_STRIDE
    const [p2p, rpc] = [own + 1, own + 2]
    return { api: own, p2p, rpc, cometMetrics: own + 3, ledgerMetrics: own + 4, supervisorMetrics: own + 5 }
  })
}

async function takenOf(ports: readonly NodePorts[]): Promise<number | undefined> {
  for (const port of ports.flatMap((node) => Object.values(node) as number[])) if (!(await isFree(port))) return port
  return undefined
}

function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer()
    server.once('error', () => answer(false))
    server.listen(port, HOST, () => void server.close(() => answer(true)))
  })
}
