import { readFile } from 'node:fs/promises'
import { writeWhole } from '../store/whole-file.ts'

/** A node of the network that this node knows: it is let in, and it is called. */
export interface Peer {
  /** 40 hexadecimal digits: {@link nodeIdOf}. */
  readonly nodeId: string
  readonly name: string
  readonly host: string
  readonly port: number
}

const NODE_ID = /^[0-9a-f]{40}$/
const HOST = /^[A-Za-z0-9.:-]+$/

/** A host with a port; an address of IPv6 in brackets, or its end could not be told from the port. */
export const hostPort = (host: string, port: number): string => `${host.includes(':') ? `[${host}]` : host}:${port}`

/** `id@host:port,…`, as the engine's settings want it. */
export function peerAddresses(peers: readonly Peer[]): string {
  return peers.map(({ nodeId, host, port }) => `${nodeId}@${hostPort(host, port)}`).join(',')
}

/**
 * The answer to the engine's question about a connection, a Query of ABCI at `path`: true lets it in, undefined means that
 * `path` is no such question. A node is known by its id, which the connection proves; its address may be that of a
 * gateway, so any address is let as far as the proof. Rule PEER-1.
 * @example peerAllowed('/p2p/filter/id/5a0f…', new Set(['5a0f…'])) // true
 */
export function peerAllowed(path: string, allowedIds: ReadonlySet<string>): boolean | undefined {
  if (path.startsWith('/p2p/filter/addr/')) return true
  const id = /^\/p2p\/filter\/id\/(.*)$/.exec(path)?.[1]
  return id === undefined ? undefined : allowedIds.has(id)
}

/** Reads the peers of a home; throws when the file is not one: letting in nobody would look like a network that is down. */
export async function readPeers(path: string): Promise<readonly Peer[]> {
  const text = await readFile(path, 'utf8')
  let peers: unknown
  try {
    peers = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${path}: ${(cause as Error).message}`, { cause })
  }
  if (!Array.isArray(peers)) throw new Error(`${path}: no list of peers`)
  return peers.map((peer, place) => checkPeer(peer, `${path}: peer ${place}`))
}

export async function writePeers(path: string, peers: readonly Peer[]): Promise<void> {
  for (const [place, peer] of peers.entries()) checkPeer(peer, `peer ${place}`)
  await writeWhole(path, `${JSON.stringify(peers, undefined, 2)}\n`)
}

function checkPeer(value: unknown, where: string): Peer {
  const { nodeId, name, host, port } = (value ?? {}) as Partial<Peer>
  if (typeof nodeId !== 'string' || !NODE_ID.test(nodeId))
    throw new Error(`${where}: nodeId is not 40 hexadecimal digits`)
  if (typeof name !== 'string') throw new Error(`${where}: no name`)
  if (typeof host !== 'string' || !HOST.test(host)) throw new Error(`${where}: host is no host`)
  if (!Number.isInteger(port) || port! < 1 || port! > 65_535) throw new Error(`${where}: port is no port`)
  return { nodeId, name, host, port: port! }
}
