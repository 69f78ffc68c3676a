import { invitations } from './batches.ts'
import { type Outcome, type Person, type TestMarket, exchange, keyOf, personOf } from './market-fixture.ts'

/** A bidder: an organisation, who signs for it, and its unit `<org>.1`. */
export interface Bidder extends Person {
  readonly unit: string
}

export type SideName = 'sell' | 'buy' | 'both'

/** Admits an organisation with one person and registers its unit `<org>.1`; sellers are generators with a plant `<org>.P`. */
export function bidder(market: TestMarket, org: string, side: SideName): Bidder {
  const person = personOf(org, 'a')
  const role = side === 'sell' ? 'generator' : side === 'buy' ? 'user' : 'retailer'
  market.must(exchange, 'members.org.admit', { org, name: org, roles: [role], keys: [keyOf(person)] })
  if (side === 'sell') market.must(exchange, 'members.plant.register', plantOf(`${org}.P`, org))
  const plant = side === 'sell' ? { plant: `${org}.P` } : {}
  market.must(exchange, 'members.unit.register', { unit: `${org}.1`, name: org, org, side, ...plant })
  return { ...person, unit: `${org}.1` }
}

export const plantOf = (plant: string, org: string, dispatchLevel = 'provincial') => ({
  plant,
  name: plant,
  org,
  fuel: 'hydro',
  capacityW: 600_000_000,
  dispatchLevel,
  levelAssumed: false,
})

export const LOT_WH = 1_000_000
export const TICK = 1_000

/** A notice that the default rules allow; opens in 10 s, its gate is at 60 s after the market's last block. */
export function noticeOf(market: TestMarket, session: string, over: { readonly [field: string]: unknown } = {}) {
  return {
    session,
    sequence: 'Q',
    name: '月度集中竞价',
    product: '电能量',
    deliveryFrom: '2026-12-01',
    deliveryTo: '2026-12-31',
    eligibility: '省内发电企业、售电公司、批发用户',
    contact: '028-00000000',
    periods: 1,
    priceFloor: -5_000_000,
    priceCap: 48_144_000,
    lotWh: LOT_WH,
    tick: TICK,
    priceRule: 'last_pair_mid',
    tieRule: 'pro_rata',
    opensMs: market.nowMs + 10_000,
    gateMs: market.nowMs + 60_000,
    ...over,
  }
}

/** Opens sequence Q when it is not there, announces a session, invites these units, and lets it open. */
export function openSession(
  market: TestMarket,
  session: string,
  bidders: readonly Bidder[],
  over: { readonly [field: string]: unknown } = {},
  limitWh = 1_000 * LOT_WH,
): { readonly gateMs: number } {
  market.run(exchange, 'auction.sequence.open', { sequence: 'Q', name: '月度' })
  const notice = noticeOf(market, session, over)
  market.must(exchange, 'auction.session.announce', notice)
  const units = bidders.map(({ unit }) => ({ unit, limitWh: Array<number>(notice.periods).fill(limitWh) }))
  for (const some of invitations(units)) market.must(exchange, 'auction.session.invite', { session, units: some })
  if (market.nowMs < notice.opensMs) market.block([], notice.opensMs)
  return { gateMs: notice.gateMs }
}

/** An order for one period: `[price, volumeWh]` a step. */
export function orderOf(
  session: string,
  unit: string,
  side: 'sell' | 'buy',
  steps: readonly (readonly [price: number, volumeWh: number])[],
  period = 1,
) {
  return {
    session,
    unit,
    side,
    periods: [period],
    prices: steps.map(([price]) => [price]),
    volumesWh: steps.map(([, volumeWh]) => [volumeWh]),
  }
}

export const submit = (market: TestMarket, by: Bidder, order: unknown, timeMs?: number): Outcome =>
  market.run(by, 'auction.order.submit', order, timeMs)
