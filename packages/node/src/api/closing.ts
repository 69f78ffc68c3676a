import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Ends the connections of a server that closes, each as soon as nothing is owed on it. The server itself ends those that have had
 * an answer; it would wait for one that was opened and never used, or whose request does not arrive, for as long as its
 * client likes. Rule API-15.
 */
export class Connections {
  readonly #open = new Map<string, Socket>()
  /** Requests under way. */
  readonly #owed = new Map<string, number>()
  #closing = false

  constructor(server: Server) {
    server.on('connection', (socket) => {
      const name = nameOf(socket)
      this.#open.set(name, socket)
      socket.once('close', () => this.#open.delete(name))
    })
    server.on('request', ({ socket }, response) => {
      const name = nameOf(socket)
      this.#owed.set(name, (this.#owed.get(name) ?? 0) + 1)
      response.once('close', () => this.#answered(name))
    })
  }

  /** Ends those on which nothing is owed, and from now on each when its answer has been handed over. */
  beginClosing(): void {
    this.#closing = true
    for (const name of this.#open.keys()) if (!this.#owed.has(name)) this.#end(name)
  }

  /** Ends all that are left, whatever is owed. */
  endAll(): void {
    for (const name of this.#open.keys()) this.#end(name)
  }

  #answered(name: string): void {
    const left = (this.#owed.get(name) ?? 1) - 1
    if (left > 0) return void this.#owed.set(name, left)
    this.#owed.delete(name)
    if (this.#closing) this.#end(name)
  }

  #end(name: string): void {
    this.#open.get(name)?.destroySoon()
  }
}

/** One with TLS on it has another socket for HTTP, at the same address. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`
