import type { Refusal, View } from '@dujiang/chain'
import { units } from '../members/index.ts'
import type { OrderPayload } from './order-fields.ts'
import { auctionRefusals } from './refusals.ts'
import { type Order, type Session, invitations } from './tables.ts'

const { refuse } = auctionRefusals

/** Why this unit may not bid in this session at all. */
export function unitRefusal(view: View, org: string, { session, unit, side }: OrderPayload): Refusal | undefined {
  const row = units.get(view, unit)
  if (row === undefined) return refuse.unitUnknown({ unit })
  if (row.org !== org) return refuse.unitNotYours({ unit, org })
  if (invitations.get(view, session, unit) === undefined) return refuse.notInvited({ unit, session })
  if (row.side !== 'both' && row.side !== side) return refuse.wrongSide({ unit, side })
  return undefined
}

/** Why the order's columns do not hold together, period by period and step by step. */
export function columnsRefusal(session: Session, order: OrderPayload): Refusal | undefined {
  const { periods, prices, volumesWh } = order
  for (let at = 0; at < periods.length; at++) {
    const period = periods[at] as number
    if (period > session.periods || (at > 0 && period <= (periods[at - 1] as number))) {
      return refuse.periodsOrder({ periods: session.periods, position: at + 1, period })
    }
  }
  if (prices.length !== volumesWh.length) {
    return refuse.shapeMismatch({
      step: Math.min(prices.length, volumesWh.length) + 1,
      given: 0,
      periods: periods.length,
    })
  }
  for (const rows of [prices, volumesWh]) {
    for (let step = 0; step < rows.length; step++) {
      const given = (rows[step] as readonly number[]).length
      if (given !== periods.length) return refuse.shapeMismatch({ step: step + 1, given, periods: periods.length })
    }
  }
  for (let at = 0; at < periods.length; at++) {
    const wrong = periodRefusal(session, order, at)
    if (wrong !== undefined) return wrong
  }
  return volumesWh.some((row) => row.some((volume) => volume > 0)) ? undefined : refuse.nothingOffered()
}

function periodRefusal(
  session: Session,
  { side, periods, prices, volumesWh }: OrderPayload,
  at: number,
): Refusal | undefined {
  const period = periods[at] as number
  const { priceFloor: floor, priceCap: cap, tick, lotWh } = session
  let previous: number | undefined
  let ended = false
  for (let row = 0; row < prices.length; row++) {
    const step = row + 1
    const price = (prices[row] as readonly number[])[at] as number
    const volumeWh = (volumesWh[row] as readonly number[])[at] as number
    if (volumeWh === 0) {
      if (price !== 0) return refuse.stepEmpty({ period, step })
      ended = true
      continue
    }
    if (ended) return refuse.stepEmpty({ period, step: row })
    if (price < floor) return refuse.belowFloor({ period, step, price, floor })
    if (price > cap) return refuse.aboveCap({ period, step, price, cap })
    if (price % tick !== 0) return refuse.offTick({ period, step, price, tick })
    if (volumeWh % lotWh !== 0) return refuse.offLot({ period, step, volumeWh, lotWh })
    if (previous !== undefined && (side === 'sell' ? price <= previous : price >= previous)) {
      return refuse.stepsOrder({ period, step, price, previous, direction: side === 'sell' ? '> (高于)' : '< (低于)' })
    }
    previous = price
  }
  return undefined
}

/** Why the order does not fit beside the unit's other live orders. Names the limit, what is used and what would still fit. */
export function roomRefusal(
  session: Session,
  limitWh: readonly number[],
  others: readonly Order[],
  { periods, volumesWh }: OrderPayload,
): Refusal | undefined {
  for (let at = 0; at < periods.length; at++) {
    const period = periods[at] as number
    const used = usage(others, period)
    const own = columnUsage(volumesWh, at)
    const steps = used.steps + own.steps
    if (steps > session.stepsMax) return refuse.tooManySteps({ period, steps, stepsMax: session.stepsMax })
    const limit = limitWh[period - 1] as number
    if (used.volumeWh + own.volumeWh > limit) {
      // In whole lots, else what is said to fit would be refused offLot.
      const leftWh = Math.max(0, limit - used.volumeWh)
      const fitsWh = leftWh - (leftWh % session.lotWh)
      return refuse.overLimit({ period, volumeWh: own.volumeWh, limitWh: limit, usedWh: used.volumeWh, fitsWh })
    }
  }
  return undefined
}

function usage(orders: readonly Order[], period: number): { steps: number; volumeWh: number } {
  const total = { steps: 0, volumeWh: 0 }
  for (const order of orders) {
    const at = order.periods.indexOf(period)
    if (at === -1) continue
    const own = columnUsage(order.volumesWh, at)
    total.steps += own.steps
    total.volumeWh += own.volumeWh
  }
  return total
}

function columnUsage(rows: readonly (readonly number[])[], at: number): { steps: number; volumeWh: number } {
  const total = { steps: 0, volumeWh: 0 }
  for (const row of rows) {
    const volume = row[at] as number
    if (volume === 0) continue
    total.steps++
    total.volumeWh += volume
  }
  return total
}

/** How many steps an order brings to its session. */
export function stepCount(volumesWh: readonly (readonly number[])[]): number {
  let steps = 0
  for (const row of volumesWh) for (const volume of row) if (volume > 0) steps++
  return steps
}
