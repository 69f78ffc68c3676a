import { type View, isInadmissible, readEnvelope } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { nodeCrypto } from '@dujiang/crypto/node'
import { TestMarket, dispatcher, exchange, exchangeOther } from '@dujiang/testing/market-fixture'
import { type Bidder, LOT_WH, bidder, openSession, orderOf, submit } from '@dujiang/testing/market-session'
import type { FedTexts, Feed, StateRows } from '../src/index.ts'

export interface MarketFeed extends Feed {
  /** All receipts, in order. */
  readonly texts: readonly FedTexts[]
  /** Gives so many at a time from now on. */
  give(count: number): void
}

/** What a ledger holds, as it is fed: every block executed again. */
export function feedOf(market: TestMarket, over: Partial<Pick<Feed, 'chain' | 'firstReceipt'>> = {}): MarketFeed {
  const texts: FedTexts[] = []
  const twin = new TestMarket({ app: market.app })
  if (twin.ledger.chain.id !== market.ledger.chain.id) throw new Error('a twin of another market')
  for (const { txs, timeMs } of market.blocks) {
    const decided = twin.decide(txs, timeMs)
    const acts = new Map(txs.map((tx) => [idOf(tx), text(tx)]))
    for (const { receipt, bytes, eventsText } of decided.executed.recorded) {
      const act = receipt.kind === 'act' ? acts.get(receipt.id) : undefined
      texts.push({ receipt: text(bytes), events: eventsText, ...(act === undefined ? {} : { act }) })
    }
    twin.block(txs, timeMs)
  }
  const view = market.ledger.view()
  const { chain = market.ledger.chain.id, firstReceipt = 0 } = over
  let count = 100
  return {
    chain,
    firstReceipt,
    texts,
    give: (given) => void (count = given),
    receipts: async (from) => texts.slice(Math.max(from, firstReceipt), Math.max(from, firstReceipt) + count),
    stateRows: async (at, after) => stateRows(view, at, after),
    grown: async () => undefined,
  }
}

/** Two rows at a time, so that copies come in parts. */
function stateRows(view: View, at: string, after?: string): StateRows {
  if (!at.endsWith('/')) {
    const value = view.get(at)
    return { rows: value === undefined ? [] : [[at, value]], more: false }
  }
  const rows: (readonly [string, Json])[] = []
  for (const row of view.scan(at)) {
    if (after !== undefined && row[0] <= after) continue
    if (rows.length === 2) return { rows, more: true }
    rows.push(row)
  }
  return { rows, more: false }
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString()

function idOf(tx: Uint8Array): string {
  const envelope = readEnvelope(nodeCrypto.sha256, tx)
  if (isInadmissible(envelope)) throw new Error('an act of the test is none')
  return envelope.id
}

export interface Played {
  readonly market: TestMarket
  readonly sellers: readonly Bidder[]
  readonly buyer: Bidder
}

/** Session S1 with orders of all fates, cleared and published; session S2 open, with an order of the first seller. */
export function playedMarket(): Played {
  const market = new TestMarket()
  const sellers = ['GENA', 'GENB', 'GENC'].map((org) => bidder(market, org, 'sell'))
  const [first, second, third] = sellers as [Bidder, Bidder, Bidder]
  const buyer = bidder(market, 'USRB', 'buy')
  const { gateMs } = openSession(market, 'S1', [...sellers, buyer])
  submit(market, first, orderOf('S1', first.unit, 'sell', [[20_000_000, 10 * LOT_WH]]))
  const replaced = submit(market, second, orderOf('S1', second.unit, 'sell', [[21_000_000, 10 * LOT_WH]]))
  market.must(second, 'auction.order.replace', {
    ...orderOf('S1', second.unit, 'sell', [[19_000_000, 5 * LOT_WH]]),
    order: replaced.id,
  })
  const cancelled = submit(market, third, orderOf('S1', third.unit, 'sell', [[22_000_000, 10 * LOT_WH]]))
  market.must(third, 'auction.order.cancel', { session: 'S1', unit: third.unit, order: cancelled.id })
  submit(market, third, orderOf('S1', third.unit, 'sell', [[60_000_000, LOT_WH]]))
  submit(market, buyer, orderOf('S1', buyer.unit, 'buy', [[30_000_000, 12 * LOT_WH]]))
  market.block([], gateMs)
  const result = (market.ledger.view().get('auction/session/S1') as { result: string }).result
  market.must(dispatcher, 'auction.check.pass', { session: 'S1', result, remark: '无' })
  const prepared = market.must(exchange, 'auction.bulletin.prepare', {
    session: 'S1',
    result,
    number: 'N1',
    text: '成交公告',
  })
  const bulletin = prepared.events[0]?.data['bulletin']
  market.must(exchangeOther, 'auction.bulletin.approve', { session: 'S1', result, bulletin })
  openSession(market, 'S2', [...sellers, buyer])
  submit(market, first, orderOf('S2', first.unit, 'sell', [[20_000_000, 10 * LOT_WH]]))
  submit(market, second, orderOf('S2', second.unit, 'sell', [[20_000_000, 10 * LOT_WH]]))
  return { market, sellers, buyer }
}

/**
 * Sessions that did not go as announced: V1 void before its gate, with an order that stood, one that was replaced and one that was
 * cancelled; V2 void after it; P postponed, with an order.
 */
export function changedMarket(): Played {
  const market = new TestMarket()
  const sellers = ['GENA', 'GENB', 'GENC'].map((org) => bidder(market, org, 'sell'))
  const [first, second, third] = sellers as [Bidder, Bidder, Bidder]
  const buyer = bidder(market, 'USRB', 'buy')
  const sell = (by: Bidder, session: string) =>
    submit(market, by, orderOf(session, by.unit, 'sell', [[20_000_000, 10 * LOT_WH]]))
  const change = (session: string, wanted: object): void => {
    const prepared = market.must(exchange, 'auction.change.prepare', { session, change: wanted, reason: '检修' })
    const digest = prepared.events[0]?.data['change']
    market.must(exchangeOther, 'auction.change.approve', { session, change: digest })
  }

  openSession(market, 'V1', sellers)
  sell(first, 'V1')
  const replaced = sell(second, 'V1')
  market.must(second, 'auction.order.replace', {
    ...orderOf('V1', second.unit, 'sell', [[19_000_000, 5 * LOT_WH]]),
    order: replaced.id,
  })
  const cancelled = sell(third, 'V1')
  market.must(third, 'auction.order.cancel', { session: 'V1', unit: third.unit, order: cancelled.id })
  change('V1', { kind: 'void' })

  const { gateMs } = openSession(market, 'V2', [first, buyer])
  sell(first, 'V2')
  submit(market, buyer, orderOf('V2', buyer.unit, 'buy', [[30_000_000, 12 * LOT_WH]]))
  market.block([], gateMs)
  change('V2', { kind: 'void' })

  const opened = openSession(market, 'P', [first])
  sell(first, 'P')
  const { opensMs, deliveryFrom, deliveryTo } = market.ledger.view().get('auction/session/P') as {
    readonly [field: string]: number | string
  }
  change('P', { kind: 'postpone', opensMs, gateMs: opened.gateMs + 3_600_000, deliveryFrom, deliveryTo })
  return { market, sellers, buyer }
}
