import type { Award, Order, PeriodResult } from '@dujiang/market'
import { averagePrice, cost, fen, milliFenPerMwh, wh } from '@dujiang/core/units'
import { offeredWh } from '../../forms/order/offered.ts'

export interface Trade {
  readonly period: number
  readonly price: number | undefined
  readonly offeredWh: number
  readonly awardedWh: number
  /** What is due at the clearing price, each period rounded to the fen, a half up. */
  readonly amountFen: number | undefined
  /** A letter for each step: f in full, c cut at the margin, o out of the money. */
  readonly verdicts: string
}

/** What some orders of one side got, period by period. */
export function tradesOf(
  periods: readonly PeriodResult[],
  orders: readonly Order[],
  awards: readonly Award[],
): readonly Trade[] {
  return periods.map(({ period, price }) => {
    const offered = orders.reduce((sum, order) => sum + offeredWh(order, period), 0)
    let awardedWh = 0
    let verdicts = ''
    for (const award of awards) {
      const at = award.periods.indexOf(period)
      if (at === -1) continue
      for (const row of award.awardsWh) awardedWh += row[at] as number
      verdicts += award.verdicts.map((row) => row[at]).join('')
    }
    return {
      period,
      price,
      offeredWh: offered,
      awardedWh,
      amountFen: price === undefined ? undefined : cost(wh(awardedWh), milliFenPerMwh(price), 'halfUp'),
      verdicts: verdicts.replaceAll('-', ''),
    }
  })
}

export interface TradeTotals {
  readonly offeredWh: number
  readonly awardedWh: number
  readonly amountFen: number
  readonly averagePrice: number | undefined
}

export function totalOf(trades: readonly Trade[]): TradeTotals {
  const sum = (pick: (trade: Trade) => number): number => trades.reduce((total, trade) => total + pick(trade), 0)
  const awardedWh = sum((trade) => trade.awardedWh)
  const amountFen = sum((trade) => trade.amountFen ?? 0)
  return {
    offeredWh: sum((trade) => trade.offeredWh),
    awardedWh,
    amountFen,
    averagePrice: awardedWh === 0 ? undefined : averagePrice(fen(amountFen), wh(awardedWh), 'halfUp'),
  }
}
