import { Client, type Identity, type Timing } from '@dujiang/client'
import {
  type MarketOptions,
  type Person,
  dispatcher,
  exchange,
  exchangeOther,
  keyOf,
  personOf,
} from '@dujiang/testing/market-fixture'
import { type Bidder, noticeOf, orderOf, plantOf } from '@dujiang/testing/market-session'
import { StillNode } from '@dujiang/testing/still-node'
import type { ApiOptions } from '../../src/api/index.ts'
import type { LedgerNode, OpenOptions } from '../../src/service/index.ts'

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

/** A still node that can be asked as anybody asks it. */
export class ApiRig extends StillNode {
  readonly log: string[] = []

  static async open(options: RigOptions = {}): Promise<ApiRig> {
    const { nodeOptions, market, over = (node) => node, ...apiOptions } = options
    const rig = new ApiRig(market)
    await rig.begin(nodeOptions, (node) => ({
      node: over(node),
      log: { level: 'info', stream: { write: (line) => rig.log.push(line) } },
      ...apiOptions,
    }))
    return rig
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
