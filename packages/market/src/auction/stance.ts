import type { Problems } from './problems.ts'
import { auctionRefusals } from './refusals.ts'
import type { Order, Side, Stance } from './tables.ts'

const { refuse } = auctionRefusals
type Placed = Pick<Order, 'side' | 'periods' | 'volumesWh'>

/**
 * An organisation's stance once `order` joins it; it stands on one side of a period only, over all its units (bothSides).
 * Undefined when the checks end.
 */
export function stanceWith(before: Stance, org: string, order: Placed, problems: Problems): Stance | undefined {
  const sign = signOf(order.side)
  const offered = periodsOffered(order)
  for (const period of offered) {
    const taken = before[period - 1] as number
    if (taken * sign >= 0) continue
    const facts = { org, period, side: order.side, taken: taken > 0 ? 'sell' : 'buy' }
    if (problems.end(refuse.bothSides(facts))) return undefined
  }
  return moved(before, offered, sign)
}

/** An organisation's stance once `order` has left it. */
export const stanceWithout = (before: Stance, order: Placed): Stance =>
  moved(before, periodsOffered(order), -signOf(order.side))

function moved(before: Stance, periods: readonly number[], by: number): Stance {
  const counts = [...before]
  for (const period of periods) counts[period - 1] = (counts[period - 1] as number) + by
  return counts
}

/** The periods in which an order has a step: a period it lists without volume takes no side. */
export function periodsOffered({ periods, volumesWh }: Placed): readonly number[] {
  const offered: number[] = []
  for (let column = 0; column < periods.length; column++) {
    for (const row of volumesWh) {
      if ((row[column] as number) > 0) {
        offered.push(periods[column] as number)
        break
      }
    }
  }
  return offered
}

const signOf = (side: Side): 1 | -1 => (side === 'sell' ? 1 : -1)

export const noStance = (periods: number): Stance => Array<number>(periods).fill(0)
