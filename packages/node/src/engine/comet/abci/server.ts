import type { AbciApp, Answer } from './app.ts'
import { Connection } from './connection.ts'
import { type AbciCall, type Answered, type Asked, dispatch, heightOf, methodOf } from './dispatch.ts'
import { type AbciLimits, abciLimits } from './limits.ts'
import { type Line, Lines } from './line.ts'
import { OneByOne } from './one-by-one.ts'
import { type Peer, Peers } from './peers.ts'

export interface AbciOptions {
  /** The app threw, or gave an answer that cannot be sent. Told once; the server has closed and asks the app no more. */
  onFailure(cause: unknown): void
  /** A CometBFT process has spoken for the first time: it knows nothing of what the one before it was given. */
  onCome?(): void
  /** A CometBFT process is gone, which is for its supervisor to judge; `fault` is why, if we closed or the socket broke. */
  onGone?(fault: Error | undefined): void
  /** Told each call of the app as it is made. */
  readonly log?: (call: AbciCall) => void
  readonly limits?: Partial<AbciLimits>
}

/**
 * Answers CometBFT for `app` on the unix socket `path`, one process at a time, until `close` or a failure. Resolves once
 * it listens.
 */
export async function serveAbci(path: string, app: AbciApp, options: AbciOptions): Promise<AbciServer> {
  const server = new AbciServer(app, options)
  await server.listen(path)
  return server
}

export class AbciServer {
  readonly #app: AbciApp
  readonly #options: AbciOptions
  readonly #limits: AbciLimits
  readonly #turns = new OneByOne()
  readonly #peers = new Peers()
  #lines: Lines | undefined
  #hasFailed = false

  constructor(app: AbciApp, options: AbciOptions) {
    this.#app = app
    this.#options = options
    this.#limits = { ...abciLimits, ...options.limits }
  }

  async listen(path: string): Promise<void> {
    this.#lines = await Lines.listen(path, {
      aheadBytesMax: this.#limits.aheadBytesMax,
      onLine: (line) => this.#welcome(line),
      onFailure: (cause) => this.#fail(cause),
    })
  }

  /** Drops all connections; resolves once no call that comes in turn is running and the socket file is gone. */
  async close(): Promise<void> {
    const isGone = this.#lines?.close()
    this.#peers.dropAll()
    await this.#turns.idle()
    await isGone
  }

  #welcome(line: Line): void {
    const peer = this.#peers.next()
    const connection = new Connection(line, {
      limits: this.#limits,
      turns: this.#turns,
      ask: (asked) => this.#ask(peer, asked),
      began: () => {
        if (this.#peers.began(peer)) this.#options.onGone?.(undefined)
        if (peer.hasSpoken) return
        peer.hasSpoken = true
        this.#options.onCome?.()
      },
      ended: (fault, wasSilent) => {
        if (wasSilent) peer.connections.delete(connection)
        else if (this.#peers.left(peer)) this.#options.onGone?.(fault)
      },
      failed: (cause) => this.#fail(cause),
    })
    peer.connections.add(connection)
  }

  #ask(peer: Peer, asked: Asked): Answer<Answered> {
    const method = methodOf(asked)
    if (method !== undefined) this.#options.log?.({ process: peer.number, method, height: heightOf(asked) })
    return dispatch(this.#app, asked)
  }

  #fail(cause: unknown): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    void this.close()
    this.#options.onFailure(cause)
  }
}
