import type { OrderPayload } from './order-fields.ts'
import type { Problems } from './problems.ts'
import { auctionRefusals } from './refusals.ts'
import { stanceWithout } from './stance.ts'
import type { Order, Session, Side, Stance } from './tables.ts'

const { refuse } = auctionRefusals

type Terms = Pick<Session, 'periods' | 'stepsMax' | 'lotWh'>

/**
 * Does the order fit beside the unit's other live orders? Refusals, in order, by period: tooManySteps, overLimit, which names
 * the limit, what is used and what would still fit.
 */
export function fits(
  terms: Terms,
  limitWh: readonly number[],
  others: readonly Order[],
  { periods, volumesWh }: Pick<OrderPayload, 'periods' | 'volumesWh'>,
  problems: Problems,
): boolean {
  for (let at = 0; at < periods.length; at++) {
    const period = periods[at] as number
    const used = usage(others, period)
    const own = columnUsage(volumesWh, at)
    const steps = used.steps + own.steps
    const { stepsMax } = terms
    if (steps > stepsMax && problems.end(refuse.tooManySteps({ period, steps, stepsMax }))) return false
    const limit = limitWh[period - 1] as number
    if (used.volumeWh + own.volumeWh <= limit) continue
    const fitsWh = stillFitsWh(terms, limit, used.volumeWh)
    const facts = { period, volumeWh: own.volumeWh, limitWh: limit, usedWh: used.volumeWh, fitsWh }
    if (problems.end(refuse.overLimit(facts))) return false
  }
  return true
}

/** What a unit may still bid in one period. */
export interface PeriodRoom {
  readonly period: number
  readonly limitWh: number
  readonly usedWh: number
  /** In whole lots. */
  readonly fitsWh: number
  readonly stepsUsed: number
  readonly stepsLeft: number
  /** The side on which the unit's organisation stands there; either is free without it. */
  readonly side?: Side
}

/**
 * What a unit may still bid in each period of a session, as the act counts it: from its limits, its live orders and its
 * organisation's stance, all of which its organisation may read before the gate. With `replacing`, as if that order had left.
 */
export function roomLeft(
  terms: Terms,
  limitWh: readonly number[],
  live: readonly Order[],
  stance: Stance = [],
  replacing?: string,
): readonly PeriodRoom[] {
  const leaving = live.find(({ id }) => id === replacing)
  const others = live.filter((order) => order !== leaving)
  const standing = leaving === undefined || stance.length === 0 ? stance : stanceWithout(stance, leaving)
  return Array.from({ length: terms.periods }, (_, at) => {
    const period = at + 1
    const limit = limitWh[at] ?? 0
    const { steps, volumeWh: usedWh } = usage(others, period)
    const side = sideOf(standing[at] ?? 0)
    return {
      period,
      limitWh: limit,
      usedWh,
      fitsWh: steps < terms.stepsMax ? stillFitsWh(terms, limit, usedWh) : 0,
      stepsUsed: steps,
      stepsLeft: Math.max(0, terms.stepsMax - steps),
      ...(side === undefined ? {} : { side }),
    }
  })
}

/** How many steps an order brings to its session. */
export function stepCount(volumesWh: readonly (readonly number[])[]): number {
  let steps = 0
  for (const row of volumesWh) for (const volume of row) if (volume > 0) steps++
  return steps
}

const sideOf = (count: number): Side | undefined => (count === 0 ? undefined : count > 0 ? 'sell' : 'buy')

/** In whole lots, else what is said to fit would be refused offLot. */
function stillFitsWh({ lotWh }: Terms, limitWh: number, usedWh: number): number {
  const leftWh = Math.max(0, limitWh - usedWh)
  return leftWh - (leftWh % lotWh)
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
