import type { View } from '@dujiang/chain'
import type { Invariant } from '../kernel/index.ts'
import { stepCount } from './order-check.ts'
import { type Result, awards, results } from './result-tables.ts'
import { type Invitation, type UnitBook, invitations, tallies, unitBooks } from './tables.ts'

/** What is sold is bought, and both are the volume; nobody gets more than was offered. Rule AUCTION-1. */
const balanced: Invariant = {
  name: 'AUCTION-1',
  law: {
    zh: '各时段售出量等于购入量等于成交量，且不超过申报量',
    en: 'In each period sold = bought = volume, and no award exceeds its step',
  },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const result = view.get(key) as Result
    const sums = result.periods.map(() => ({ sell: 0, buy: 0 }))
    for (const [unit, { awards: given }] of awards.entries(view, session)) {
      const book = unitBooks.get(view, session, unit)
      for (const award of given) {
        const order = book?.orders.find(({ id }) => id === award.order)
        if (order === undefined) return `${unit} is awarded for an order that is not in the book`
        for (const [row, awardsWh] of award.awardsWh.entries()) {
          for (const [column, awardWh] of awardsWh.entries()) {
            const offeredWh = order.volumesWh[row]?.[column] ?? 0
            if (awardWh < 0 || awardWh > offeredWh) return `${unit} is awarded ${awardWh} Wh of ${offeredWh}`
            const sum = sums[(award.periods[column] as number) - 1]
            if (sum !== undefined) sum[award.side] += awardWh
          }
        }
      }
    }
    for (const [at, { volumeWh, period }] of result.periods.entries()) {
      const sum = sums[at] as { sell: number; buy: number }
      if (sum.sell !== volumeWh || sum.buy !== volumeWh) {
        return `period ${period} of ${session}: sold ${sum.sell}, bought ${sum.buy}, volume ${volumeWh} Wh`
      }
    }
    return undefined
  },
}

/** A session's counters are the counts of its books. Rule AUCTION-2. */
const tallied: Invariant = {
  name: 'AUCTION-2',
  law: { zh: '场次计数与订单簿一致', en: 'The counters of a session are the counts of its books' },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const tally = tallies.get(view, session)
    let submitted = 0
    let liveSteps = 0
    for (const { orders } of unitBooks.rows(view, session)) {
      submitted++
      for (const order of orders) liveSteps += stepCount(order.volumesWh)
    }
    if (tally?.submitted === submitted && tally.liveSteps === liveSteps) return undefined
    return `${session}: counted ${tally?.submitted} units and ${tally?.liveSteps} steps, found ${submitted} and ${liveSteps}`
  },
}

/** No live order stands above its unit's limit, and a unit stands on one side of a period. Rule AUCTION-3. */
const withinLimits: Invariant = {
  name: 'AUCTION-3',
  law: {
    zh: '有效申报不超过申报上限，且每时段只在一侧',
    en: 'Live orders stay within the unit’s limits, on one side of a period',
  },
  over: [unitBooks.name],
  broken(view: View, key: string) {
    const book = view.get(key) as UnitBook | undefined
    if (book === undefined) return undefined
    const [session, unit] = key.slice(unitBooks.name.length + 1).split('/') as [string, string]
    const { limitWh } = invitations.get(view, session, unit) as Invitation
    const sides = new Map<number, string>()
    const totals = new Map<number, number>()
    for (const { side, periods, volumesWh } of book.orders) {
      for (const [column, period] of periods.entries()) {
        if ((sides.get(period) ?? side) !== side)
          return `${unit} stands on both sides of period ${period} in ${session}`
        sides.set(period, side)
        let total = totals.get(period) ?? 0
        for (const row of volumesWh) total += row[column] as number
        totals.set(period, total)
        if (total > (limitWh[period - 1] as number))
          return `${unit} stands above its limit in period ${period} of ${session}`
      }
    }
    return undefined
  },
}

export const auctionInvariants: readonly Invariant[] = [balanced, tallied, withinLimits]
