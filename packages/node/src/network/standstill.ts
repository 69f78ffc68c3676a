/** What one look at a cometbft process showed; undefined when it did not answer. */
export interface Look {
  readonly height: number
  readonly catchingUp: boolean
  /** The height that the foremost connected peer is deciding on, 0 without peers; undefined where nobody asked, or it did not say. */
  readonly peerHeightMax: number | undefined
  /** How many peers are connected. */
  readonly connected: number
  /** Names of the listed peers that are not. */
  readonly missing: readonly string[]
  /** Node ids of connected peers that are not listed: they were let in before the list changed. */
  readonly strangers: readonly string[]
}

/**
 * `frozen`: the height stands still, somebody should look. `stranded`: it has not moved in this life, and peers are further
 * without giving it a block. `dead`: and it is this process's own fault. `cutOff`: and peers are missing, whom it may have
 * ceased to call. The last two ask for a new start.
 */
export type Verdict = 'starting' | 'moving' | 'frozen' | 'stranded' | 'dead' | 'cutOff'

export interface StandstillLimits {
  /** A height that has not moved for this long is frozen. */
  readonly frozenMs: number
  /** One for which this process alone is to blame is dead after this long. */
  readonly deadMs: number
  /** One during which peers were missing is cut off after this long. */
  readonly cutOffMs: number
}

/**
 * Judges whether the height stands still. A consensus failure leaves the process alive and its RPC answering, so its being
 * there says nothing. Most standstills are not its fault: a third of the power may be missing. It is dead when, all the
 * while, it did not answer although it had before, or a peer was deciding on a later height while it did not claim to be
 * catching up. While it does not say what its peers decide on it executes a block, and is not to blame. Rules STILL-1 to
 * STILL-4 and STILL-6.
 */
export class Standstill {
  readonly #limits: StandstillLimits
  readonly #dead = new Lasting()
  readonly #cutOff = new Lasting()
  readonly #stranded = new Lasting()
  #height = -1
  #movedMs = 0
  /** Heights seen in this life. */
  #seen = 0

  constructor(limits: StandstillLimits) {
    this.#limits = limits
  }

  /** The last height seen, undefined before the first answer. */
  get height(): number | undefined {
    return this.#height < 0 ? undefined : this.#height
  }

  /** Has it not moved for so long that its peers are worth asking about? */
  isFrozen(nowMs: number): boolean {
    return this.#height >= 0 && nowMs - this.#movedMs >= this.#limits.frozenMs
  }

  /** Judges a look taken at `nowMs` of a clock that never goes back. */
  see(look: Look | undefined, nowMs: number): Verdict {
    // A process that replays blocks at its start does not answer yet, for as long as that takes.
    if (look === undefined && this.#height < 0) return 'starting'
    const hasMoved = look !== undefined && look.height > this.#height
    if (hasMoved) {
      this.#height = look.height
      this.#movedMs = nowMs
      this.#seen++
    }
    const { frozenMs, deadMs, cutOffMs } = this.#limits
    const deadForMs = this.#dead.forMs(!hasMoved && isToBlame(look, this.#height), nowMs)
    const cutOffForMs = this.#cutOff.forMs(!hasMoved && isCutOff(look), nowMs)
    const hasNoBlocks = this.#seen === 1 && look !== undefined && isBehind(look, this.#height)
    const strandedForMs = this.#stranded.forMs(hasNoBlocks, nowMs)
    if (hasMoved) return 'moving'
    if (deadForMs >= deadMs) return 'dead'
    if (cutOffForMs >= cutOffMs) return 'cutOff'
    if (strandedForMs >= frozenMs) return 'stranded'
    return this.isFrozen(nowMs) ? 'frozen' : 'moving'
  }
}

/** For how long something has held without interruption. */
class Lasting {
  #sinceMs: number | undefined

  /** -1 while it does not hold. */
  forMs(holds: boolean, nowMs: number): number {
    this.#sinceMs = holds ? (this.#sinceMs ?? nowMs) : undefined
    return this.#sinceMs === undefined ? -1 : nowMs - this.#sinceMs
  }
}

function isToBlame(look: Look | undefined, height: number): boolean {
  return look === undefined || isBehind(look, height)
}

// Deciding on height + 1 is where everybody is; on height + 2 means that the block this process lacks is decided.
function isBehind({ catchingUp, peerHeightMax }: Look, height: number): boolean {
  return !catchingUp && peerHeightMax !== undefined && peerHeightMax > height + 1
}

// One that restores a snapshot stands still for long, too, and needs but one peer; one that executes a block needs none.
function isCutOff(look: Look | undefined): boolean {
  if (look === undefined || look.peerHeightMax === undefined) return false
  return look.missing.length > 0 && !(look.catchingUp && look.connected > 0)
}
