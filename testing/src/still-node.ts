import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import { type Api, type ApiOptions, serveApi } from '@dujiang/node/api'
import { SimClock, SimDisk } from '@dujiang/node/seams'
import { type LedgerNode, type OpenOptions, openLedgerNode } from '@dujiang/node/service'
import { type MarketOptions, type Person, START_MS, TestMarket, personOf } from './market-fixture.ts'

/** A market on a real node with its HTTP interface on a real socket; the disk is simulated, and the clock stands still until it is moved. */
export class StillNode {
  readonly clock = new SimClock(START_MS + 1_000)
  readonly market: TestMarket
  node!: LedgerNode
  api!: Api

  constructor(options: MarketOptions = {}) {
    this.market = new TestMarket(options)
  }

  /** Opens the node, then its interface, which may be another's as soon as there is a node. */
  async begin(
    over: Partial<OpenOptions> = {},
    apiOver: (node: LedgerNode) => Partial<ApiOptions> = () => ({}),
  ): Promise<void> {
    this.node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: this.market.genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1, this.clock).mount(),
      clock: this.clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'intake').signer,
      workers: 0,
      ...over,
    })
    this.api = await serveApi({
      node: this.node,
      doors: doorsOf(dujiangMarket()),
      crypto: nodeCrypto,
      host: '127.0.0.1',
      port: 0,
      clock: this.clock,
      log: { level: 'error', stream: process.stderr },
      ...apiOver(this.node),
    })
  }

  async close(): Promise<void> {
    await this.api.close()
    await this.node.close()
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.nowMs() + ms)
  }

  /** Brings an act into a block, past the interface, and gives its id; throws unless it is accepted. */
  async must(by: Person, act: string, payload: unknown): Promise<string> {
    const outcome = await this.node.submit(this.market.act(by, act, payload))
    if (outcome.kind !== 'committed' || outcome.stored.receipt.code !== 0) {
      throw new Error(`${act}: ${JSON.stringify(outcome)}`)
    }
    return outcome.stored.receipt.id
  }
}
