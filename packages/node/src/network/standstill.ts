/** What one look at a cometbft process showed; undefined when it did not answer. */
export interface Look {
  readonly height: number
  readonly catchingUp: boolean
  /** The height that the foremost connected peer is deciding on; 0 without peers. */
  readonly peerHeightMax: number
}

/** `frozen`: the height stands still, somebody should look. `dead`: and it is this process's own fault, so start it anew. */
export type Verdict = 'starting' | 'moving' | 'frozen' | 'dead'

export interface StandstillLimits {
  /** A height that has not moved for this long is frozen. */
  readonly frozenMs: number
  /** One for which this process alone is to blame is dead after this long. */
  readonly deadMs: number
}

/**
 * Judges whether the height stands still. A consensus failure leaves the process alive and its RPC answering, so its being
 * there says nothing. Most standstills are not its fault: a third of the power may be missing. It is dead when, all the
 * while, it did not answer although it had before, or a peer was deciding on a later height while it did not claim to be
 * catching up. Rules STILL-1 to STILL-3.
 */
export class Standstill {
  readonly #limits: StandstillLimits
  #height = -1
  #movedMs = 0
  /** Since when every look blamed this process; undefined while none does. */
  #blamedMs: number | undefined

  constructor(limits: StandstillLimits) {
    this.#limits = limits
  }

  /** The last height seen, undefined before the first answer. */
  get height(): number | undefined {
    return this.#height < 0 ? undefined : this.#height
  }

  /** Judges a look taken at `nowMs` of a clock that never goes back. */
  see(look: Look | undefined, nowMs: number): Verdict {
    // A process that replays blocks at its start does not answer yet, for as long as that takes.
    if (look === undefined && this.#height < 0) return 'starting'
    if (look !== undefined && look.height > this.#height) {
      this.#height = look.height
      this.#movedMs = nowMs
      this.#blamedMs = undefined
      return 'moving'
    }
    this.#blamedMs = isToBlame(look, this.#height) ? (this.#blamedMs ?? nowMs) : undefined
    if (this.#blamedMs !== undefined && nowMs - this.#blamedMs >= this.#limits.deadMs) return 'dead'
    return nowMs - this.#movedMs >= this.#limits.frozenMs ? 'frozen' : 'moving'
  }
}

// Deciding on height + 1 is where everybody is; on height + 2 means that the block this process lacks is decided.
function isToBlame(look: Look | undefined, height: number): boolean {
  return look === undefined || (!look.catchingUp && look.peerHeightMax > height + 1)
}
