import type { View } from '@dujiang/chain'
import type { Invariant } from '../kernel/index.ts'
import { stepCount } from './order-room.ts'
import { periodsOffered } from './stance.ts'
import { type Result, awards, results } from './result-tables.ts'
import { type Notice, type Side, type UnitBook, invitations, loads, sessions, tallies, unitBooks } from './tables.ts'

/** What is sold is bought, and both are the volume; nobody gets more than was offered. Rule AUCTION-20. */
const balanced: Invariant = {
  name: 'AUCTION-20',
  law: {
    zh: '各时段售出量等于购入量等于成交量，且不超过申报量',
    en: 'In each period sold = bought = volume, and no award exceeds its step',
  },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const result = view.get(key) as Result
    const sums = result.periods.map(() => ({ sell: 0, buy: 0 }))
    for (const { unit, side, period, awardWh, offeredWh } of awardedSteps(view, session)) {
      if (offeredWh === undefined) return `${unit} is awarded for a step that is not in the book`
      if (awardWh < 0 || awardWh > offeredWh) return `${unit} is awarded ${awardWh} Wh of ${offeredWh}`
      const sum = sums[period - 1]
      if (sum !== undefined) sum[side] += awardWh
    }
    for (const [at, { volumeWh, period }] of result.periods.entries()) {
      const { sell, buy } = sums[at] as { sell: number; buy: number }
      if (sell !== volumeWh || buy !== volumeWh) {
        return `period ${period} of ${session}: sold ${sell}, bought ${buy}, volume ${volumeWh} Wh`
      }
    }
    return undefined
  },
}

/** Nobody sells below what was asked or buys above what was bid. Rule AUCTION-21. */
const worthIt: Invariant = {
  name: 'AUCTION-21',
  law: {
    zh: '成交的售方申报价不高于出清价，购方不低于出清价',
    en: 'No seller is paid less than it asked, no buyer pays more than it bid',
  },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const { periods } = view.get(key) as Result
    for (const { unit, side, period, awardWh, offered } of awardedSteps(view, session)) {
      const price = periods[period - 1]?.price
      if (awardWh === 0) continue
      if (price === undefined || (side === 'sell' ? (offered as number) > price : (offered as number) < price)) {
        return `${unit} offered ${offered} to ${side} in period ${period} of ${session} and is cleared at ${price}`
      }
    }
    return undefined
  },
}

type AwardedStep = {
  readonly unit: string
  readonly side: Side
  readonly period: number
  readonly awardWh: number
  /** Price and volume of the step in the book; undefined when it is not there. */
  readonly offered: number | undefined
  readonly offeredWh: number | undefined
}

function* awardedSteps(view: View, session: string): Iterable<AwardedStep> {
  for (const [unit, { awards: given }] of awards.entries(view, session)) {
    const orders = new Map((unitBooks.get(view, session, unit)?.orders ?? []).map((order) => [order.id, order]))
    for (const { order: id, side, periods, awardsWh } of given) {
      const order = orders.get(id)
      for (const [row, columns] of awardsWh.entries()) {
        for (const [column, awardWh] of columns.entries()) {
          const offered = order?.prices[row]?.[column]
          const offeredWh = order?.volumesWh[row]?.[column]
          yield { unit, side, period: periods[column] as number, awardWh, offered, offeredWh }
        }
      }
    }
  }
}

/** A session's counters are the counts of its books and invitations. Rule AUCTION-22. */
const tallied: Invariant = {
  name: 'AUCTION-22',
  law: { zh: '场次计数与订单簿、参与单元一致', en: 'The counters of a session are the counts of its books and units' },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const found = { invited: 0, submitted: 0, liveSteps: 0, limitsWh: 0 }
    for (const { limitWh } of invitations.rows(view, session)) {
      found.invited++
      for (const each of limitWh) found.limitsWh += each
    }
    for (const { orders } of unitBooks.rows(view, session)) {
      found.submitted++
      for (const order of orders) found.liveSteps += stepCount(order.volumesWh)
    }
    const counted = { ...tallies.get(view, session), ...loads.get(view, session) }
    for (const name of ['invited', 'submitted', 'liveSteps', 'limitsWh'] as const) {
      if (counted[name] !== found[name]) return `${session}: ${name} is counted ${counted[name]}, found ${found[name]}`
    }
    return undefined
  },
}

/** Live orders stay within the limits of their unit and of the notice. Rule AUCTION-23. */
const withinLimits: Invariant = {
  name: 'AUCTION-23',
  law: {
    zh: '有效申报不超过申报上限与公告段数',
    en: 'Live orders stay within the unit’s limits and the steps of the notice',
  },
  over: [unitBooks.name],
  broken(view, key) {
    const book = view.get(key) as UnitBook | undefined
    if (book === undefined) return undefined
    const [session, unit] = key.slice(unitBooks.name.length + 1).split('/') as [string, string]
    const limitWh = invitations.get(view, session, unit)?.limitWh ?? []
    const { stepsMax } = sessions.get(view, session) as Notice
    const wh = Array<number>(limitWh.length).fill(0)
    const steps = Array<number>(limitWh.length).fill(0)
    for (const { periods, volumesWh } of book.orders) {
      for (let column = 0; column < periods.length; column++) {
        const at = (periods[column] as number) - 1
        if (at >= limitWh.length) return `${unit} stands in period ${at + 1} of ${session}, which has no limit`
        for (const row of volumesWh) {
          const volumeWh = row[column] as number
          wh[at] = (wh[at] as number) + volumeWh
          if (volumeWh > 0) steps[at] = (steps[at] as number) + 1
        }
      }
    }
    const above = wh.findIndex((total, at) => total > (limitWh[at] as number))
    if (above !== -1) return `${unit} stands above its limit in period ${above + 1} of ${session}`
    const many = steps.findIndex((count) => count > stepsMax)
    return many === -1 ? undefined : `${unit} has ${steps[many]} steps in period ${many + 1} of ${session}`
  },
}

/** At the gate no organisation stands on both sides of a period. Rule AUCTION-24. */
const oneSided: Invariant = {
  name: 'AUCTION-24',
  law: { zh: '闭市时每单位每时段只在一侧', en: 'At the gate no organisation stands on both sides of a period' },
  over: [results.name],
  broken(view, key) {
    const session = key.slice(results.name.length + 1)
    const sides = new Map<string, Side>()
    for (const { org, orders } of unitBooks.rows(view, session)) {
      for (const order of orders) {
        for (const period of periodsOffered(order)) {
          const place = `${org}/${period}`
          if ((sides.get(place) ?? order.side) !== order.side)
            return `${org} stands on both sides of period ${period} in ${session}`
          sides.set(place, order.side)
        }
      }
    }
    return undefined
  },
}

/** Nothing enters or leaves a book but between the opening and the gate, unless all of it does. Rule AUCTION-25. */
const openOnly: Invariant = {
  name: 'AUCTION-25',
  law: {
    zh: '订单簿仅在申报期内变动，或随场次作废而释放',
    en: 'A book changes only between the opening of its session and the gate, or is dropped with a session that is void',
  },
  over: [unitBooks.name],
  broken(view, key) {
    const session = key.split('/')[2] as string
    const row = sessions.get(view, session)
    if (row?.status === 'announced' && row.opensMs <= view.timeMs && view.timeMs < row.gateMs) return undefined
    if (row?.status === 'voided' && row.result === undefined && view.get(key) === undefined) return undefined
    return `${key} changed at ${view.timeMs}; ${session} takes orders from ${row?.opensMs} to ${row?.gateMs}`
  },
}

export const auctionInvariants: readonly Invariant[] = [balanced, worthIt, tallied, withinLimits, oneSided, openOnly]
