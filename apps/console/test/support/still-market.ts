import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { type Api, serveApi } from '@dujiang/node/api'
import { type Projections, projectionsBeside } from '@dujiang/node/projections'
import { SimClock, SimDisk } from '@dujiang/node/seams'
import { type LedgerNode, openLedgerNode } from '@dujiang/node/service'
import { type Person, START_MS, TestMarket, personOf } from '@dujiang/testing/market-fixture'
import { builtConsole } from './built.ts'

/**
 * A market of the tests' own rules behind a node with its console. Its clock stands still until it is moved, so nobody can sign in,
 * and nothing has to be waited for.
 */
export class StillMarket {
  readonly clock = new SimClock(START_MS + 1_000)
  readonly market = new TestMarket()
  readonly #dir = mkdtempSync(join(tmpdir(), 'dujiang-still-'))
  #node!: LedgerNode
  #projections: Projections | undefined
  #api!: Api

  static async open(): Promise<StillMarket> {
    const still = new StillMarket()
    const dir = builtConsole()
    still.#node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: still.market.genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1, still.clock).mount(),
      clock: still.clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'intake').signer,
      workers: 0,
    })
    const doors = doorsOf(dujiangMarket())
    const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
    const following = projectionsBeside(still.#node, doors, listsHere, still.#dir, { kind: 'folder' })
    still.#projections = following.projections
    still.#api = await serveApi({
      node: still.#node,
      doors,
      ...following,
      crypto: nodeCrypto,
      host: '127.0.0.1',
      port: 0,
      log: { level: 'error', stream: process.stderr },
      pages: { dir },
    })
    return still
  }

  get url(): string {
    return this.#api.url
  }

  /** Brings an act into a block. */
  async must(by: Person, act: string, payload: unknown): Promise<void> {
    const outcome = await this.#node.submit(this.market.act(by, act, payload))
    const taken = outcome.kind === 'committed' && outcome.stored.receipt.code === 0
    if (!taken) throw new Error(`${act}: ${JSON.stringify(outcome)}`)
  }

  /** Brings many into blocks, accepted or not. */
  async all(by: Person, act: string, payloads: readonly unknown[]): Promise<void> {
    await this.#node.submitMany(payloads.map((payload) => this.market.act(by, act, payload)))
  }

  get receipts(): number {
    return this.#node.status().receipts
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.nowMs() + ms)
  }

  /** What is listed is what the ledger has. */
  async listed(): Promise<void> {
    await this.#projections?.caughtUp()
  }

  async close(): Promise<void> {
    await this.#api.close()
    await this.#projections?.close()
    await this.#node.close()
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
