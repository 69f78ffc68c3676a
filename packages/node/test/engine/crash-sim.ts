import { nodeCrypto } from '@dujiang/crypto/node'
import { Audit, type Receipt, writeSealedBlock } from '@dujiang/chain'
import { type Json, encodeCanonical } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { trivialApp } from '@dujiang/testing/trivial'
import { type SeededRandom, seededRandom } from '../../src/seams/index.ts'
import type { LedgerNode, Outcome } from '../../src/service/index.ts'
import { Rig, alice, allReceipts, bob } from './rig.ts'

/** What a simulation went through. */
export type Seen =
  | 'acknowledged'
  | 'promised'
  | 'repeated'
  | 'refused'
  | 'due'
  | 'unknown'
  | 'stopping'
  | 'kill'
  | 'powerLoss'
  | 'diskFull'
  | 'diskError'
  | 'resumed'

const LIVES = 4
const CALM = { capacityBytes: 2 ** 40, errorPpm: 0, delayMsMax: 0 }

/**
 * Some lives of one node under load: clients send acts, resend old ones and take promises, the disk fails, the node
 * dies. What was acknowledged is the judge: after each death it must be there, once, as it was. `broken` says what was not.
 */
export async function simulateNode(
  seed: number,
): Promise<{ broken: string | undefined; seen: ReadonlyMap<Seen, number> }> {
  const simulation = new NodeSimulation(seed)
  const broken = await simulation.run().then(
    () => undefined,
    (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
  )
  return { broken, seen: simulation.seen }
}

class NodeSimulation {
  readonly seen = new Map<Seen, number>()
  readonly #random: SeededRandom
  readonly #rig: Rig
  readonly #sent: Uint8Array[] = []
  /** Receipts clients hold, by id: the judge. */
  readonly #held = new Map<string, string>()
  readonly #promised = new Map<string, number>()
  #twoWays: string | undefined

  constructor(seed: number) {
    this.#random = seededRandom(seed)
    let salt = seed
    const journal = { segmentBytesMax: 4_000, salt: () => (salt = Math.imul(salt + 1, 0x9e3779b1) >>> 0) }
    this.#rig = new Rig({ journal, limits: { blockActsMax: 3 } }, {}, this.#random.below(2 ** 32))
  }

  async run(): Promise<void> {
    for (let life = 1; life <= LIVES; life++) {
      const node = await this.#open()
      await this.#judge(node, `life ${life}`)
      this.#trouble()
      for (let round = this.#random.below(8); round >= 0; round--) {
        this.#load(node)
        await this.#rig.pass(this.#random.below(40))
      }
      this.#crash()
      // Whoever still waits learns of the death; what had been stored before it counts.
      await this.#rig.pass(100)
    }
    await this.#recover()
  }

  /** A disk in trouble may refuse to open; then somebody repairs it. */
  async #open(): Promise<LedgerNode> {
    Object.assign(this.#rig.disk.conditions, CALM)
    return this.#rig.open()
  }

  #trouble(): void {
    const { conditions } = this.#rig.disk
    conditions.delayMsMax = this.#random.below(6)
    if (this.#random.below(4) === 0) conditions.errorPpm = 20_000
    if (this.#random.below(4) === 0)
      conditions.capacityBytes = this.#rig.disk.names.usedBytes() + this.#random.below(6_000)
  }

  #load(node: LedgerNode): void {
    for (let count = this.#random.below(5); count > 0; count--) {
      const bytes = this.#act()
      if (this.#random.below(3) === 0) this.#accept(node, bytes)
      else node.submit(bytes).then((outcome) => this.#answered(outcome), this.#unanswered)
    }
  }

  #act(): Uint8Array {
    const old = this.#sent[this.#random.below(this.#sent.length + 1)]
    if (old !== undefined && this.#random.below(3) === 0) return old
    const by = this.#random.below(2) === 0 ? alice : bob
    const atMs = this.#rig.clock.nowMs() + this.#random.below(60)
    const fresh =
      this.#random.below(5) === 0
        ? this.#rig.act(by, 'alarm.set', { alarm: `A${this.#random.below(3)}`, atMs, onRing: [] })
        : this.#rig.mix(this.#random.below(50), by, { sequence: 1 + this.#random.below(10_000) })
    this.#sent.push(fresh)
    return fresh
  }

  #accept(node: LedgerNode, bytes: Uint8Array): void {
    node.accept(bytes).then((answer) => {
      if (answer.kind !== 'accepted') return this.#answered(answer)
      this.#note('promised')
      const { expires } = (JSON.parse(new TextDecoder().decode(bytes)) as { body: { expires: number } }).body
      this.#promised.set(answer.id, expires)
    }, this.#unanswered)
  }

  #answered(outcome: Outcome): void {
    if (outcome.kind === 'busy') this.#note('stopping')
    if (outcome.kind !== 'committed') return
    const { receipt } = outcome.stored
    this.#note(outcome.repeated ? 'repeated' : 'acknowledged')
    if (receipt.code !== 0) this.#note('refused')
    const text = encodeCanonical(receipt as unknown as Json)
    const before = this.#held.get(receipt.id)
    if (before !== undefined && before !== text) this.#twoWays ??= receipt.id
    this.#held.set(receipt.id, text)
  }

  readonly #unanswered = (cause: unknown): void => {
    if (/ENOSPC/.test(String(cause))) this.#note('diskFull')
    if (/EIO/.test(String(cause))) this.#note('diskError')
    this.#note('unknown')
  }

  #crash(): void {
    if (this.#random.below(2) === 0) {
      this.#rig.disk.killProcess()
      this.#note('kill')
    } else {
      this.#rig.disk.losePower()
      this.#note('powerLoss')
    }
  }

  async #judge(node: LedgerNode, when: string): Promise<void> {
    if (this.#twoWays !== undefined) throw new Error(`${when}: ${this.#twoWays} was acknowledged in two ways`)
    const byId = new Map<string, Receipt>()
    for (const receipt of await allReceipts(node)) {
      if (byId.has(receipt.id)) throw new Error(`${when}: ${receipt.id} was executed twice`)
      byId.set(receipt.id, receipt)
      if (receipt.kind === 'due') this.#note('due')
    }
    for (const [id, text] of this.#held) {
      const found = byId.get(id)
      if (found === undefined) throw new Error(`${when}: ${id} was acknowledged and is lost`)
      if (encodeCanonical(found as unknown as Json) !== text)
        throw new Error(`${when}: ${id} was acknowledged as something else`)
    }
  }

  /** The last life is calm: every promise is kept, and a stranger who replays the blocks comes to the same state. */
  async #recover(): Promise<void> {
    const node = await this.#open()
    const before = new Set((await allReceipts(node)).map(({ id }) => id))
    await this.#rig.pass(1_000)
    await this.#judge(node, 'at the end')
    for (const [id, expires] of this.#promised) {
      const stored = await node.receipt(id)
      if (stored === undefined && expires > this.#rig.clock.nowMs()) throw new Error(`${id} was promised and is lost`)
      if (stored !== undefined && !before.has(id)) this.#note('resumed')
    }
    const audit = new Audit(trivialApp(), nodeCrypto, this.#rig.genesisBytes)
    for (let height = 1; height <= node.status().height; height++) {
      const block = await node.block(height)
      const fault = block === undefined ? 'missing' : audit.next(writeSealedBlock(block))
      if (fault !== undefined) throw new Error(`block ${height}: ${fault}`)
    }
    if (toHex(audit.ledger.tip.appHash) !== node.status().appHash) throw new Error('a replay ends in another state')
    await node.close()
  }

  #note(what: Seen): void {
    this.seen.set(what, (this.seen.get(what) ?? 0) + 1)
  }
}
