import { type Peer, readPeers } from './peers.ts'

/** The list of peers of a home as somebody may change it at any time: as it is, or as it last could be read. Rule PEER-5. */
export class PeerList {
  readonly #path: string
  #peers: readonly Peer[] | undefined
  #trouble: string | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Undefined while it could never be read. */
  get peers(): readonly Peer[] | undefined {
    return this.#peers
  }

  /** What is wrong with it, if something is. */
  get trouble(): string | undefined {
    return this.#trouble
  }

  /** Reads it anew, and gives what is wrong with it. */
  async read(): Promise<string | undefined> {
    try {
      this.#peers = await readPeers(this.#path)
      this.#trouble = undefined
    } catch (cause) {
      this.#trouble = (cause as Error).message
    }
    return this.#trouble
  }
}
