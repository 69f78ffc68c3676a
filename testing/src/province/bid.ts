import { gatheringPriceYuan } from './hours.ts'
import type { Season } from './months.ts'
import { LOT_WH, PRICE_CAP, PRICE_FLOOR, STEPS_MAX } from './rules.ts'
import type { Dice } from './seed.ts'

/** An order as its act carries it, but for the session. */
export interface Bid {
  readonly unit: string
  readonly side: 'sell' | 'buy'
  readonly periods: readonly number[]
  readonly prices: readonly (readonly number[])[]
  readonly volumesWh: readonly (readonly number[])[]
}

/** Bidders write their prices to 0.1 yuan/MWh. */
const ROUND_TO = 10_000
const MILLI_FEN_IN_YUAN = 100_000

/** Steps around the price where the bids gather: distance in permille of it, and the part of the volume in percent. */
const ladder = {
  sell: [
    { permille: -35, percent: 45 },
    { permille: 2, percent: 30 },
    { permille: 40, percent: 25 },
  ],
  buy: [
    { permille: 45, percent: 45 },
    { permille: -2, percent: 30 },
    { permille: -35, percent: 25 },
  ],
} as const

/** What a unit bids in these periods when it may bid `limitWh`. Its stance leads it a little above or below the others. */
export function bidOf(
  unit: string,
  side: Bid['side'],
  season: Season,
  periods: readonly number[],
  limitWh: readonly number[],
  dice: Dice,
): Bid {
  const stancePermille = dice.between(-22, 22)
  const columns = periods.map((period) => {
    const yuan = gatheringPriceYuan[season][period - 1] as number
    const offeredLots = Math.floor(((limitWh[period - 1] as number) / LOT_WH / 1000) * dice.between(880, 1000))
    return column(side, yuan, stancePermille + dice.between(-6, 6), offeredLots)
  })
  const row = (pick: (step: Step) => number): number[][] =>
    Array.from({ length: STEPS_MAX }, (_, at) =>
      columns.map((steps) => (steps[at] === undefined ? 0 : pick(steps[at]))),
    )
  return { unit, side, periods, prices: row(({ price }) => price), volumesWh: row(({ lots }) => lots * LOT_WH) }
}

interface Step {
  readonly price: number
  readonly lots: number
}

function column(side: Bid['side'], yuan: number, permille: number, offeredLots: number): Step[] {
  const steps: Step[] = []
  let left = offeredLots
  for (const [at, rung] of ladder[side].entries()) {
    const last = at === ladder[side].length - 1
    const lots = last ? left : Math.floor((offeredLots * rung.percent) / 100)
    left -= lots
    if (lots > 0) steps.push({ price: priceNear(yuan, permille + rung.permille), lots })
  }
  return steps
}

function priceNear(yuan: number, permille: number): number {
  const rounded = Math.round((yuan * MILLI_FEN_IN_YUAN * (1000 + permille)) / 1000 / ROUND_TO) * ROUND_TO
  return Math.min(Math.max(rounded, PRICE_FLOOR), PRICE_CAP)
}
