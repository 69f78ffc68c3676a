import assert from 'node:assert/strict'
import { Client, type Identity, type Timing } from '@dujiang/client'
import { nodeCrypto } from '@dujiang/crypto/node'
import { doorsOf, dujiangMarket } from '@dujiang/market'
import {
  type MarketOptions,
  type Person,
  START_MS,
  TestMarket,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
} from '@dujiang/testing/market-fixture'
import { type Bidder, noticeOf, orderOf, plantOf } from '@dujiang/testing/market-session'
import { type Api, type ApiOptions, serveApi } from '../../src/api/index.ts'
import { SimClock, SimDisk } from '../../src/seams/index.ts'
import { type LedgerNode, type OpenOptions, openLedgerNode } from '../../src/service/index.ts'

/** What HTTP answered. */
export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly json: any
  readonly text: string
}

export interface RigOptions extends Partial<Omit<ApiOptions, 'node'>> {
  readonly nodeOptions?: Partial<OpenOptions>
  readonly market?: MarketOptions
  /** Stands between the API and the node. */
  readonly over?: (node: LedgerNode) => LedgerNode
}

export const seller = bidderOf('GENA')
export const buyer = bidderOf('USRB')

function bidderOf(org: string): Bidder {
  return { ...personOf(org, 'a'), unit: `${org}.1` }
}

/** A market on a real node and a real socket, with a clock that stands still until it is moved. */
export class ApiRig {
  readonly clock = new SimClock(START_MS + 1_000)
  readonly market: TestMarket
  readonly log: string[] = []
  node!: LedgerNode
  api!: Api

  constructor(options: MarketOptions = {}) {
    this.market = new TestMarket(options)
  }

  static async open(options: RigOptions = {}): Promise<ApiRig> {
    const { nodeOptions, market, over = (node) => node, ...apiOptions } = options
    const rig = new ApiRig(market)
    rig.node = await openLedgerNode({
      app: dujiangMarket(),
      crypto: nodeCrypto,
      genesisBytes: rig.market.genesisBytes,
      dataDir: 'node',
      disk: new SimDisk(1, rig.clock).mount(),
      clock: rig.clock,
      validator: personOf('SCPX', 'node').signer,
      nodeKey: personOf('SCPX', 'intake').signer,
      workers: 0,
      ...nodeOptions,
    })
    rig.api = await serveApi({
      node: over(rig.node),
      doors: doorsOf(dujiangMarket()),
      crypto: nodeCrypto,
      host: '127.0.0.1',
      port: 0,
      clock: rig.clock,
      log: { level: 'info', stream: { write: (line) => rig.log.push(line) } },
      ...apiOptions,
    })
    return rig
  }

  async close(): Promise<void> {
    await this.api.close()
    await this.node.close()
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advanceTo(this.clock.nowMs() + ms)
  }

  client(viewer?: Person): Client {
    return new Client({
      nodes: [this.api.url],
      timing: this.timing,
      ...(viewer === undefined ? {} : { viewer: identity(viewer) }),
    })
  }

  /** Short waits are over at once; the long one, for a sign of life, lasts until it is given up. */
  readonly timing: Timing = {
    nowMs: () => this.clock.nowMs(),
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (ms < 30_000) setImmediate(resolve)
        else signal?.addEventListener('abort', () => resolve())
      }),
  }

  async get(target: string, headers: Record<string, string> = {}): Promise<Answered> {
    return answered(await fetch(this.api.url + target, { headers }))
  }

  async post(target: string, body: Uint8Array | string, type = 'application/json'): Promise<Answered> {
    const headers = { 'content-type': type }
    return answered(await fetch(this.api.url + target, { method: 'POST', body: body as string, headers }))
  }

  /** A GET signed by somebody. */
  signed(
    by: Person,
    target: string,
    over: { readonly timeMs?: number; readonly signs?: string } = {},
  ): Promise<Answered> {
    return this.get(target, { authorization: this.authorization(by, target, over) })
  }

  authorization(
    by: Person,
    target: string,
    {
      timeMs = this.clock.nowMs(),
      signs = target,
      method = 'GET',
    }: { readonly timeMs?: number; readonly signs?: string; readonly method?: string } = {},
  ): string {
    const signature = by.signer.sign(Buffer.from(`dujiang/query/1\n${method}\n${signs}\n${timeMs}`))
    return `Dujiang org="${by.org}",key="${by.key}",time="${timeMs}",signature="${Buffer.from(signature).toString('hex')}"`
  }

  /** Brings an act into a block, past the API. */
  async must(by: Person, act: string, payload: unknown): Promise<string> {
    const outcome = await this.node.submit(this.market.act(by, act, payload))
    assert.equal(outcome.kind, 'committed', JSON.stringify(outcome))
    assert.ok(outcome.kind === 'committed')
    assert.equal(outcome.stored.receipt.code, 0, JSON.stringify(outcome.stored.receipt.refusal))
    return outcome.stored.receipt.id
  }

  /** Session S1, open, with a seller and a buyer invited. Gives its gate. */
  async openSession(): Promise<number> {
    for (const { org, unit } of [seller, buyer]) {
      const sells = org === seller.org
      const roles = [sells ? 'generator' : 'user']
      await this.must(exchange, 'members.org.admit', { org, name: org, roles, keys: [keyOf(personOf(org, 'a'))] })
      if (sells) await this.must(exchange, 'members.plant.register', plantOf(`${org}.P`, org))
      const plant = sells ? { plant: `${org}.P` } : {}
      const side = sells ? 'sell' : 'buy'
      await this.must(exchange, 'members.unit.register', { unit, name: org, org, side, ...plant })
    }
    await this.must(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
    const opensMs = this.clock.nowMs() + 10_000
    const gateMs = opensMs + 60_000
    await this.must(exchange, 'auction.session.announce', noticeOf(this.market, 'S1', { opensMs, gateMs }))
    const units = [seller, buyer].map(({ unit }) => ({ unit, limitWh: [1_000_000_000] }))
    await this.must(exchange, 'auction.session.invite', { session: 'S1', units })
    await this.pass(10_000)
    return gateMs
  }

  order(by: Bidder, priceTicks = 30_000): Uint8Array {
    const side = by.org === seller.org ? 'sell' : 'buy'
    return this.market.act(by, 'auction.order.submit', orderOf('S1', by.unit, side, [[priceTicks * 1_000, 5_000_000]]))
  }
}

/** A node of which some answers are the test's own. */
export function withAnswers(answers: Partial<LedgerNode>): (node: LedgerNode) => LedgerNode {
  return (node) =>
    new Proxy(node, {
      get(target, name: keyof LedgerNode) {
        if (name in answers) return answers[name]
        const own = target[name]
        return typeof own === 'function' ? own.bind(target) : own
      },
    })
}

/** Opens a rig, does something with it, and closes it whatever comes. */
export async function withRig(options: RigOptions, work: (rig: ApiRig) => Promise<void>): Promise<void> {
  const rig = await ApiRig.open(options)
  try {
    await work(rig)
  } finally {
    await rig.close()
  }
}

export async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

export const identity = ({ org, key, signer }: Person): Identity => ({ org, key, signer })

async function answered(response: Response): Promise<Answered> {
  const text = await response.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    json = undefined
  }
  return { status: response.status, headers: response.headers, json, text }
}

export { dispatcher, exchange, exchangeOther }
