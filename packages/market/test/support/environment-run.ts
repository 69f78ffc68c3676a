// Prints the app hash after each block of a fixed market. Run in processes of different time zone, language and key order:
// what they print must not differ.
import type { Json } from '@dujiang/core/codec'
import { toHex } from '@dujiang/core/crypto'
import { type Session, bulletins, recordedPeriods, results, rulesNow, sessions } from '@dujiang/market'
import {
  TestMarket,
  defaultRules,
  dispatcher,
  exchange,
  exchangeOther,
  regulator,
} from '@dujiang/testing/market-fixture'
import { LOT_WH, bidder, openSession } from '@dujiang/testing/market-session'

const reversed = process.argv[2] === 'reversed'
const HOUR_MS = 3_600_000

/** The same value, its objects built in the other order. */
function rebuilt(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => rebuilt(item as Json))
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, rebuilt(inner as Json)] as const)
  return Object.fromEntries(reversed ? entries.reverse() : entries)
}

const hashes: string[] = []

class WatchedMarket extends TestMarket {
  override act(...[by, name, payload, over]: Parameters<TestMarket['act']>): Uint8Array {
    return super.act(by, name, rebuilt(payload as Json), over)
  }

  override block(...given: Parameters<TestMarket['block']>): ReturnType<TestMarket['block']> {
    const outcomes = super.block(...given)
    hashes.push(toHex(this.ledger.tip.appHash))
    return outcomes
  }
}

const market = new WatchedMarket()
// Languages differ over i and I, over case, and over signs between letters.
const sellers = ['i', 'I', 'Z', 'a'].map((org) => bidder(market, org, 'sell'))
const buyers = ['x-1', 'x.1', 'X1'].map((org) => bidder(market, org, 'buy'))
const periods = [1, 2, 3]

/** Ties on every step of a side, sellers below zero. */
function bidEverything(session: string): void {
  const orders = [...sellers, ...buyers].map((by) => {
    const side = sellers.includes(by) ? 'sell' : 'buy'
    const prices = (side === 'sell' ? [-5_000_000, -1_000] : [-1_000, -2_000_000]).map((each) =>
      periods.map(() => each),
    )
    const volumesWh = prices.map((row) => row.map((_, column) => (3 + column) * LOT_WH))
    return market.act(by, 'auction.order.submit', { session, unit: by.unit, side, periods, prices, volumesWh })
  })
  for (const { refusal } of market.block(orders)) if (refusal !== undefined) throw new Error(refusal)
}

for (const [session, tieRule] of [
  ['S', 'pro_rata'],
  ['s', 'time'],
] as const) {
  const { gateMs } = openSession(market, session, [...sellers, ...buyers], {
    periods: 3,
    tieRule,
    opensMs: market.nowMs + HOUR_MS,
    gateMs: market.nowMs + 20 * HOUR_MS,
  })
  const change = { name: `SC-${session}`, document: '规则变更通知 ıİß', fromMs: market.nowMs + HOUR_MS }
  const values = { ...defaultRules, liveStepsMax: 90_000 + hashes.length }
  const proposal = market.must(exchange, 'rules.change.propose', { ...change, values }).id
  market.must(regulator, 'rules.change.approve', { proposal })
  bidEverything(session)
  market.block([], gateMs)
  const { result } = sessions.get(market.ledger.view(), session) as Session
  market.must(dispatcher, 'auction.check.pass', { session, result, remark: '通过' })
  market.must(exchange, 'auction.bulletin.prepare', { session, result, number: '〔2026〕1号', text: '公告' })
  const bulletin = bulletins.get(market.ledger.view(), session)?.digest
  market.must(exchangeOther, 'auction.bulletin.approve', { session, result, bulletin })
}

const recorded = { session: 'R', name: 'Giorno', source: 'città', currency: 'EUR', periods: 1, lotWh: 1_000, tick: 1 }
const terms = { priceFloor: -50_000, priceCap: 400_000, priceRule: 'interval_mid', tieRule: 'pro_rata' }
market.must(exchange, 'recorded.session.open', { ...recorded, ...terms })
market.must(exchange, 'recorded.book.bring', {
  session: 'R',
  period: 1,
  supply: { prices: [-30_000, -30_000, 1], volumesWh: [7_000, 4_000, 9_000], inelasticWh: 1_000 },
  demand: { prices: [2, -30_000, -30_000], volumesWh: [5_000, 6_000, 6_000], inelasticWh: 0 },
  published: { areaPrices: ['NORD', 'Sud', 'sud'].map((area, at) => ({ area, price: at })) },
  remark: 'ıİ',
})

const view = market.ledger.view()
console.log(
  JSON.stringify({
    hashes,
    twin: toHex(market.twin().tip.appHash),
    traded: ['S', 's'].map((session) =>
      results.get(view, session)?.periods.map(({ price, volumeWh }) => [price, volumeWh]),
    ),
    recorded: recordedPeriods.get(view, 'R', '01')?.kind,
    rules: rulesNow(view).name,
  }),
)
