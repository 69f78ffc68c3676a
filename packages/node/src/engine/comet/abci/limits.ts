export interface AbciLimits {
  /** Of one request. CometBFT allows blocks of 100 MiB; a request also carries votes and misbehaviour. */
  readonly frameBytesMax: number
  /**
   * Requests of one connection that may be unanswered. CometBFT bounds only what it has not yet sent, and a commit waits
   * for every check before it: at ten thousand checks a second these hold it up for a tenth of a second, and they are
   * still several batches for each thread that checks signatures.
   */
  readonly unansweredMax: number
  /** Bytes of such requests, so that large transactions do not fill the memory. One request may always pass it. */
  readonly unansweredBytesMax: number
  /** Bytes of one connection that are read before their turn. The engine waits while it writes, and spins while it waits. */
  readonly aheadBytesMax: number
}

export const abciLimits: AbciLimits = {
  frameBytesMax: 128 * 2 ** 20,
  unansweredMax: 1024,
  unansweredBytesMax: 32 * 2 ** 20,
  aheadBytesMax: 64 * 2 ** 20,
}
