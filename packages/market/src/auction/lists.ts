import type { About, ApplicationLists, Event, Fed, ListChange, StateCopy } from '@dujiang/chain'
import type { Json } from '@dujiang/core/codec'
import { ordersTable, periodsTable, sessionsTable, tradesTable } from './list-tables.ts'
import type { OrderPayload } from './order-fields.ts'
import { isSealed } from './order-privacy.ts'
import { type Award, type Result, type UnitAwards, awards, results } from './result-tables.ts'
import { type Session, sessions } from './tables.ts'

const ORDER_ACTS = 'auction.order.'

/** The lists of the auction: sessions, their periods, orders, trades. Rules LIST-1 to LIST-4. */
export const auctionLists: ApplicationLists = {
  version: 2,
  tables: [sessionsTable, periodsTable, ordersTable, tradesTable],
  about,
  changes: (fed) => (isOrder(fed) ? orderChanges(fed) : fed.events.flatMap((event) => sessionChanges(fed, event))),
  copies,
  sealsNow: (view) =>
    [...sessions.entries(view)].map(([session]) => session).filter((session) => isSealed(view, session)),
}

const isOrder = ({ receipt: { act } }: Fed): boolean => act.startsWith(ORDER_ACTS)

function about(fed: Fed): About {
  const asked = fed.asked?.payload as { readonly session?: Json; readonly unit?: Json } | undefined
  const session = textOf(asked?.session) ?? textOf(fed.events.map(({ data }) => data['session']).find(textOf))
  const unit = textOf(asked?.unit)
  return {
    ...(session === undefined ? {} : { session }),
    ...(unit === undefined ? {} : { unit }),
    ...(session !== undefined && isOrder(fed) ? { seal: session } : {}),
  }
}

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

/** What an order, or a change to one, does to the history of orders. */
function orderChanges(fed: Fed): readonly ListChange[] {
  const { id, index, time, org, code, refusal, act } = fed.receipt
  const payload = fed.asked?.payload as OrderPayload & { readonly order?: string }
  const ended = (status: string): ListChange => ({
    kind: 'set',
    table: 'orders',
    row: { order: payload.order, status, ended_by: id, ended_ms: time },
  })
  if (act === 'auction.order.cancel') return code === 0 ? [ended('cancelled')] : []
  const { session, unit, side, volumesWh, order: replaces } = payload
  const steps = volumesWh.flat().filter((volumeWh) => volumeWh > 0)
  const row = { order: id, index, time, session, unit, org, side, replaces, steps: steps.length, code }
  if (code !== 0) {
    return [{ kind: 'put', table: 'orders', row: { ...row, status: 'declined', refusal: refusal?.name } }]
  }
  // No more than the unit's limits, which keep sums exact; what was declined may be anything.
  const volumeWh = steps.reduce((sum, volume) => sum + volume, 0)
  const live: ListChange = { kind: 'put', table: 'orders', row: { ...row, status: 'live', volume_wh: volumeWh } }
  return replaces === undefined ? [live] : [live, ended('replaced')]
}

/** What is in no row of the state. */
function sessionChanges({ receipt: { id, time } }: Fed, { name, data }: Event): readonly ListChange[] {
  const session = textOf(data['session'])
  switch (name) {
    case 'resultPublished':
      return [
        { kind: 'put', table: 'sessions', row: { session, bulletin: textOf(data['number']), published_ms: time } },
      ]
    case 'sessionVoided':
      // Before its gate the state has no orders of it any more, after it the result that they led to does not hold.
      return [
        {
          kind: 'amend',
          table: 'orders',
          where: { session, status: 'live' },
          row: { status: 'voided', ended_by: id, ended_ms: time },
        },
      ]
    default:
      return []
  }
}

/** A session's rows are read again whenever something happened to it; orders happen to their unit's book. */
function copies(fed: Fed): readonly StateCopy[] {
  if (isOrder(fed)) return []
  return fed.events.flatMap(({ name, data }) => {
    const session = textOf(data['session'])
    if (session === undefined) return []
    if (name !== 'sessionCleared') return [sessionCopy(session)]
    return [sessionCopy(session), resultCopy(session), tradesCopy(session)]
  })
}

const sessionCopy = (session: string): StateCopy => ({
  at: `${sessions.name}/${session}`,
  replaces: [],
  changes(_, value) {
    const row = value as unknown as Session
    return [
      {
        kind: 'put',
        table: 'sessions',
        row: {
          session,
          sequence: row.sequence,
          name: row.name,
          product: row.product,
          delivery_from: row.deliveryFrom,
          delivery_to: row.deliveryTo,
          periods: row.periods,
          price_floor: row.priceFloor,
          price_cap: row.priceCap,
          opens_ms: row.opensMs,
          gate_ms: row.gateMs,
          announced_gate_ms: row.announcedGateMs,
          status: row.status,
          org: row.org,
          result: row.result,
        },
      },
    ]
  },
})

const resultCopy = (session: string): StateCopy => ({
  at: `${results.name}/${session}`,
  replaces: [{ kind: 'drop', table: 'periods', where: { session } }],
  changes(_, value) {
    const { periods, volumeWh, averagePrice, orders, units } = value as unknown as Result
    const summary = { session, volume_wh: volumeWh, average_price: averagePrice, orders, units, cleared: 'yes' }
    return [
      { kind: 'put', table: 'sessions', row: summary },
      ...periods.map(
        ({ period, price, volumeWh: volume, interval, supplyTier, demandTier }): ListChange => ({
          kind: 'put',
          table: 'periods',
          row: {
            session,
            period,
            price,
            volume_wh: volume,
            interval_low: interval.low,
            interval_high: interval.high,
            supply_price: supplyTier?.price,
            demand_price: demandTier?.price,
          },
        }),
      ),
    ]
  },
})

const tradesCopy = (session: string): StateCopy => ({
  at: `${awards.name}/${session}/`,
  replaces: [{ kind: 'drop', table: 'trades', where: { session } }],
  changes(key, value) {
    const unit = key.slice(key.lastIndexOf('/') + 1)
    const { org, awards: all } = value as unknown as UnitAwards
    return all.flatMap((award) =>
      tradesOf(award).map(
        (trade) => ({ kind: 'put', table: 'trades', row: { session, unit, org, ...trade } }) as const,
      ),
    )
  },
})

function tradesOf({ order, side, periods, awardsWh, verdicts }: Award) {
  return periods
    .map((period, column) => ({
      order,
      side,
      period,
      award_wh: awardsWh.reduce((sum, row) => sum + (row[column] as number), 0),
      verdicts: verdicts.map((row) => row[column]).join(''),
    }))
    .filter(({ award_wh: awardWh }) => awardWh > 0)
}
