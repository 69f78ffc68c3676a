import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { lists } from '@dujiang/market/lists'
import { type Projections, projectionsBeside } from '@dujiang/node/projections'
import { realClock } from '@dujiang/node/seams'
import type { Person } from '@dujiang/testing/market-fixture'
import { StillNode } from '@dujiang/testing/still-node'
import { builtConsole } from './built.ts'

/**
 * A market of the tests' own rules behind a node with its console. Its clock stands still until it is moved, so nobody can sign in,
 * and nothing has to be waited for.
 */
export class StillMarket extends StillNode {
  readonly #dir = mkdtempSync(join(tmpdir(), 'dujiang-still-'))
  #projections: Projections | undefined

  static async open(): Promise<StillMarket> {
    const still = new StillMarket()
    const dir = builtConsole()
    await still.begin({}, (node) => {
      const listsHere = { lists, module: import.meta.resolve('@dujiang/market/lists') }
      const following = projectionsBeside(node, doorsOf(dujiangMarket()), listsHere, still.#dir, { kind: 'folder' })
      still.#projections = following.projections
      // A page that is open hears signs of life.
      return { ...following, clock: realClock, pages: { dir } }
    })
    return still
  }

  get url(): string {
    return this.api.url
  }

  /** Brings many into blocks, accepted or not. */
  async all(by: Person, act: string, payloads: readonly unknown[]): Promise<void> {
    await this.node.submitMany(payloads.map((payload) => this.market.act(by, act, payload)))
  }

  get receipts(): number {
    return this.node.status().receipts
  }

  /** What is listed is what the ledger has. */
  async listed(): Promise<void> {
    await this.#projections?.caughtUp()
  }

  override async close(): Promise<void> {
    await super.close()
    await this.#projections?.close()
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
