import type { Refusal, View } from '@dujiang/chain'
import { orgUnits } from '../members/index.ts'
import { auctionRefusals } from './refusals.ts'
import { type Order, type Side, stances, unitBooks } from './tables.ts'

const { refuse } = auctionRefusals
const LETTER: { readonly [S in Side]: string } = { sell: 's', buy: 'b' }

/** The organisation's stance once `order` joins it, or why it may not: one side of a period only, over all its units. */
export function stanceWith(
  before: string,
  org: string,
  side: Side,
  periods: readonly number[],
): { readonly stance: string } | Refusal {
  const letters = [...before]
  for (const period of periods) {
    const taken = letters[period - 1] as string
    if (taken !== '-' && taken !== LETTER[side]) {
      return refuse.bothSides({ org, period, side, taken: taken === 's' ? 'sell' : 'buy' })
    }
    letters[period - 1] = LETTER[side]
  }
  return { stance: letters.join('') }
}

/** The stance of all live orders of an organisation but those of `unit`, with `orders` in their place. */
export function stanceOf(
  view: View,
  session: string,
  org: string,
  periods: number,
  unit: string,
  orders: readonly Order[],
): string {
  const letters = Array<string>(periods).fill('-')
  const take = (order: Order): void => {
    for (const period of order.periods) letters[period - 1] = LETTER[order.side]
  }
  for (const [other] of orgUnits.entries(view, org)) {
    if (other !== unit) for (const order of unitBooks.get(view, session, other)?.orders ?? []) take(order)
  }
  for (const order of orders) take(order)
  return letters.join('')
}

export const stanceBefore = (view: View, session: string, org: string, periods: number): string =>
  stances.get(view, session, org) ?? '-'.repeat(periods)
