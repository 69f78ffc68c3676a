import { isInadmissible, readEnvelope } from '@dujiang/chain'
import { nodeCrypto } from '@dujiang/crypto/node'
import { dujiangMarket } from '@dujiang/market'
import { SimClock, SimDisk, type SeededRandom, seededRandom } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import type { Acknowledged } from '../kill/acknowledged.ts'
import { START_MS, TestMarket, personOf } from '../market-fixture.ts'
import { type Bidder, bidder } from '../market-session.ts'

/** Small enough that a run meets every one of them. */
const LIMITS = { queueActsMax: 10, blockActsMax: 4 }
const SEGMENT_BYTES_MAX = 16_384
const ACTS_PER_MINUTE_MAX = { from: 40, below: 240 }
const TURNS_MAX = 100_000

/** An act somebody signed and has no final answer to. */
export interface Open {
  readonly bytes: Uint8Array
  readonly promised: boolean
  /** The node died over it: nobody knows whether it is on record. */
  readonly unanswered: boolean
}

/** Whatever outlives a node: time, the disk, the people and what they were told. */
export class World {
  readonly random: SeededRandom
  readonly clock = new SimClock(START_MS + 1_000)
  readonly disk: SimDisk
  /** Signs acts, and holds the acts that bring everybody on record. */
  readonly form: TestMarket
  readonly bidders: readonly Bidder[]
  readonly sent = new Set<string>()
  readonly acknowledged: Acknowledged[] = []
  /** By id. */
  readonly open = new Map<string, Open>()
  /** Ids of acts that were refused before they left a trace. */
  readonly refused = new Set<string>()
  readonly expiresMs = new Map<string, number>()
  /** App hash by height, as some life of the node committed it. */
  readonly appHashes = new Map<number, string>()
  /** Those the exchange knows to be announced. */
  readonly sessions: string[] = []
  /** Sessions named so far, announced or not: S1, S2, … */
  announced = 0
  lastGateMs = 0
  /** What happened how often: crashes, faults, answers, refusals. */
  readonly seen = new Map<string, number>()

  constructor(seed: number) {
    this.random = seededRandom(seed)
    this.disk = new SimDisk(this.random.below(2 ** 32), this.clock)
    const { from, below } = ACTS_PER_MINUTE_MAX
    this.form = new TestMarket({ rules: { actsPerMinuteMax: from + this.random.below(below - from) } })
    this.bidders = [
      bidder(this.form, 'G1', 'sell'),
      bidder(this.form, 'G2', 'sell'),
      bidder(this.form, 'B1', 'buy'),
      bidder(this.form, 'R1', 'both'),
    ]
  }

  /** Begins to open a node over what the disk holds. */
  openNode(): Promise<LedgerNode> {
    return openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: this.form.genesisBytes,
      dataDir: 'node',
      disk: this.disk.mount(),
      clock: this.clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'door').signer,
      workers: 0,
      limits: LIMITS,
      journal: { segmentBytesMax: SEGMENT_BYTES_MAX, salt: () => this.random.below(2 ** 32) },
    })
  }

  note(what: string): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1)
  }

  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.wakeAt(this.clock.nowMs() + ms, resolve))
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.nowMs() + ms)
  }

  /** Lets time pass until `work` is done, and no longer. */
  async finish<T>(work: Promise<T>): Promise<T> {
    let done = false
    const watched = work.finally(() => {
      done = true
    })
    watched.catch(() => undefined)
    for (let turns = 0; ; turns++) {
      await this.pass(0)
      if (done) return watched
      const nextMs = this.clock.nextMs()
      if (nextMs === undefined || turns > TURNS_MAX) throw new Error('stuck: nothing will ever finish this')
      await this.clock.advanceTo(Math.max(nextMs, this.clock.nowMs()))
    }
  }
}

export function idOf(bytes: Uint8Array): string {
  const envelope = readEnvelope(nodeCrypto.sha256, bytes)
  if (isInadmissible(envelope)) throw new Error(envelope.name)
  return envelope.id
}
