import type { Connection } from './connection.ts'

/** One CometBFT process, as far as it is seen here. Its connections live and die together, as they do there. */
export interface Peer {
  /** Counts the processes, from 1. */
  readonly number: number
  readonly connections: Set<Connection>
  hasSpoken: boolean
}

/** CometBFT opens four: query, snapshot, mempool, consensus. */
const CONNECTIONS_OF_A_PEER = 4

/**
 * Tells CometBFT processes apart, for no message says which connection is whose: each four in a row are one's (ABCI-8).
 * One that said nothing and closed was somebody's look whether we live, and counts for nothing.
 */
export class Peers {
  readonly #peers: Peer[] = []
  #count = 0

  /** Whose the next connection is. */
  next(): Peer {
    const last = this.#peers.at(-1)
    if (last !== undefined && last.connections.size < CONNECTIONS_OF_A_PEER) return last
    const peer: Peer = { number: ++this.#count, connections: new Set(), hasSpoken: false }
    this.#peers.push(peer)
    return peer
  }

  /** `peer` has said something, so those before it are dead: what they sent last is dropped. True if there were any. */
  began(peer: Peer): boolean {
    const before = this.#peers.splice(0, this.#peers.indexOf(peer))
    for (const dead of before) drop(dead)
    return before.length > 0
  }

  /** True if `peer` was here. */
  left(peer: Peer): boolean {
    const at = this.#peers.indexOf(peer)
    if (at < 0) return false
    this.#peers.splice(at, 1)
    drop(peer)
    return true
  }

  dropAll(): void {
    for (const peer of this.#peers.splice(0)) drop(peer)
  }
}

function drop(peer: Peer): void {
  for (const connection of peer.connections) connection.destroy()
}
