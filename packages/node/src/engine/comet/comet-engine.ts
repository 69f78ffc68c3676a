import { type Understood, firstHeight } from '@dujiang/chain'
import { type Instruments, timedApp } from '../../metrics/instruments.ts'
import type { Clock } from '../../seams/index.ts'
import type { Verifier } from '../../verify/index.ts'
import type { ArchiveStand, Engine, EngineListener, OlderCopyStand, Stall } from '../engine.ts'
import type { AbciDoor } from './abci-door.ts'
import type { AbciApp, Answer } from './abci/index.ts'
import type { Archive } from './archive.ts'
import { Blocks, type DemandTrue } from './blocks.ts'
import { CheckTx } from './check-tx.ts'
import type { CometKeeper } from './comet-keeper.ts'
import { type BlockSource, Follower } from './follower.ts'
import { Heartbeat } from './heartbeat.ts'
import { KnownActs } from './known-acts.ts'
import { ledgerApp } from './ledger-app.ts'
import { OlderCopy } from './older-copy.ts'
import { Others } from './others.ts'
import { Patience } from './patience.ts'
import { Proposals } from './proposals.ts'
import { type Broadcast, Relay } from './relay.ts'
import type { Snapshots } from './snapshots.ts'
import { Trust } from './trust.ts'

export interface CometOptions {
  /** Acts in one block of this node's making. */
  readonly blockActsMax: number
  /** Blocks the cometbft process keeps at most for those who catch up; older ones are in the archive. */
  readonly blocksKeptMax?: number
  readonly peerAllowed: (query: string) => Answer<boolean>
  /** Told how long every call took. */
  readonly metrics?: Instruments
}

export interface CometParts {
  readonly keeper: CometKeeper
  readonly archive: Archive
  readonly verifier: Verifier
  readonly clock: Clock
  readonly source: BlockSource
  readonly broadcast: Broadcast
  /** Gives the height that the foremost peer is deciding on, 0 without peers. */
  readonly peerHeightMax: () => Promise<number>
  readonly snapshots: Snapshots
  readonly door: AbciDoor
  readonly demandTrue: DemandTrue
  /** About which height this node's keys have signed. */
  readonly signedHeight: number
  /** Numbers that do not come again. */
  readonly nonce: () => bigint
}

/** Acts remembered as judged: what the mempool may hold, and the last blocks. */
const KNOWN_ACTS_MAX = 100_000

/** The engine between organisations: a cometbft process beside this one orders, this one decides. Rules CMT-1 to CMT-14. */
export class CometEngine implements Engine {
  readonly #parts: CometParts
  readonly #options: CometOptions
  readonly #listener: EngineListener
  readonly #heartbeat: Heartbeat
  readonly #others: Others
  readonly #known: KnownActs
  readonly #relay: Relay
  readonly #follower: Follower
  readonly #olderCopy: OlderCopy
  #listening: Promise<void> | undefined

  constructor(parts: CometParts, options: CometOptions, listener: EngineListener) {
    const { keeper, archive, verifier, clock, source, broadcast, peerHeightMax, signedHeight, nonce } = parts
    this.#parts = parts
    this.#options = options
    this.#listener = listener
    const trust = new Trust(keeper.ledger, archive, keeper.seats)
    this.#heartbeat = new Heartbeat(clock)
    this.#others = new Others(peerHeightMax, clock)
    this.#known = new KnownActs(keeper.ledger, verifier, KNOWN_ACTS_MAX)
    this.#relay = new Relay(keeper.ledger, broadcast, clock, nonce, (id, answer) => listener.onDropped(id, answer))
    this.#follower = new Follower(keeper.ledger, archive, source, clock, async (next) => {
      const way = await trust.to(next)
      return () => {
        keeper.trust = way
        keeper.headMoved()
      }
    })
    // The engine drops old blocks; of those it has dropped, the archive keeps the ones that did something.
    keeper.seals = async (height) => (await archive.get(height)) ?? (await source.commit(height).catch(() => undefined))
    for (const block of keeper.takePassedBefore()) this.#follower.pass(block)
    this.#olderCopy = new OlderCopy(signedHeight, keeper.recordedHeight)
    keeper.onPassed = (block) => {
      this.#follower.pass(block)
      this.#olderCopy.pass(block)
    }
    keeper.onCommit(({ stored }) => {
      this.#heartbeat.beat(keeper.ledger.tip.timeMs)
      this.#others.moved()
      this.#relay.settle(stored.map(({ receipt }) => receipt.id))
    })
  }

  start(): void {
    this.#others.moved()
    this.#listening = this.#serve()
    this.#listening.catch((cause: unknown) => this.#listener.onFailure(cause, new Set()))
  }

  /** Resolves once the cometbft process may be started. */
  async listening(): Promise<void> {
    await this.#listening
  }

  offer(act: Understood): void {
    this.#known.add(act)
    this.#relay.offer(act)
  }

  nowMs(): number {
    return Math.max(this.#parts.keeper.ledger.tip.timeMs + 1, this.#parts.clock.nowMs())
  }

  /** The next block's time is what the others' clocks showed under the last one, however long ago that was. */
  earliestMs(): number {
    return this.#parts.keeper.ledger.tip.timeMs + 1
  }

  marginMs(): number {
    return this.#heartbeat.marginMs
  }

  stalled(): Stall | undefined {
    return this.#heartbeat.stalled(this.#others.beyond(this.#parts.keeper.ledger.tip.height))
  }

  archive(): ArchiveStand {
    return this.#follower.stand
  }

  olderCopy(): OlderCopyStand | undefined {
    return this.#olderCopy.stand
  }

  async stop(): Promise<void> {
    this.#relay.stop()
    this.#others.stop()
    this.#follower.stop()
    // A block that waits for a verdict would wait for ever where the verifier has died.
    this.#known.abandon()
    await this.#parts.door.close()
  }

  #serve(): Promise<void> {
    const { keeper, clock, snapshots, door, demandTrue } = this.#parts
    const { ledger } = keeper
    const patience = new Patience(clock)
    door.onCome = () => {
      patience.end()
      this.#relay.forgotten()
    }
    const { blockActsMax, peerAllowed, metrics } = this.#options
    const ledgerOnly = ledgerApp({
      ledger,
      blocks: new Blocks(keeper, this.#known, demandTrue),
      checkTx: new CheckTx(ledger, this.#known, patience, () => this.nowMs(), this.#relay),
      patience,
      proposals: new Proposals(ledger, this.#known, blockActsMax),
      snapshots,
      retainHeight: () => this.#retainHeight(),
      peerAllowed,
    })
    const app: AbciApp = {
      ...ledgerOnly,
      finalizeBlock: (request) => {
        this.#heartbeat.decided()
        return ledgerOnly.finalizeBlock(request)
      },
    }
    return door.answerBy(metrics === undefined ? app : timedApp(app, metrics))
  }

  /** What neither this node after a crash, nor its archive, nor others catching up still need of the engine is dropped. */
  #retainHeight(): number {
    const { keeper } = this.#parts
    const { height, timeMs } = keeper.ledger.tip
    const needed = Math.min(
      keeper.recordedHeight,
      (this.#follower.owes ?? height) - 1,
      keeper.kept.lowest(height, timeMs, this.#options.blocksKeptMax),
    )
    return Math.max(0, needed >= firstHeight(keeper.ledger.founded) ? needed : 0)
  }
}
