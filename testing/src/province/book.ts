import { type Bid, bidOf } from './bid.ts'
import { buyUnitOf, sellUnitOf } from './members.ts'
import { type Limits, limitsOf } from './limits.ts'
import { type Month, monthText, seasonOf } from './months.ts'
import { LOT_WH, PERIODS } from './rules.ts'
import { diceOf } from './seed.ts'

/** All that bidders do in the session of one month; the same in every run. */
export interface Book {
  readonly seed: string
  /** What the exchange has found each unit may bid. */
  readonly limits: Limits
  /** First orders, one a unit, in order of unit. */
  readonly bids: readonly Bid[]
  /** Orders that then take the place of their unit's first. */
  readonly replacements: readonly Bid[]
  /** A unit that withdraws its order and stays out. */
  readonly cancels: string
  /** Before its proper order this unit asks for more than its limit. */
  readonly overLimit: Bid
  /** A unit of a plant dispatched from above, which the exchange tries to invite by mistake. */
  readonly boundary: { readonly unit: string; readonly limitWh: readonly number[] }
  /** A unit whose only order comes after the gate. */
  readonly late: Bid
}

const allPeriods: readonly number[] = Array.from({ length: PERIODS }, (_, at) => at + 1)
const daytime: readonly number[] = allPeriods.slice(8, 18)

const BOUNDARY = sellUnitOf('xiluodu')
const CANCELS = buyUnitOf('GUIDAO')
const LATE = buyUnitOf('XILING')
const OVER_LIMIT = sellUnitOf('zipingpu')
const REPLACES = [sellUnitOf('pubugou'), sellUnitOf('baozhusi'), buyUnitOf('SHUYUAN')]
const ONLY_BY_DAY = buyUnitOf('LONGQUAN')

export function bookOf(month: Month): Book {
  const season = seasonOf(month)
  const seed = `dujiang/${monthText(month)}/${season}`
  const limits = limitsOf(month)
  const bid = (unit: string, subject: string): Bid => {
    const periods = unit === ONLY_BY_DAY ? daytime : allPeriods
    const side = unit.startsWith('S-') ? 'sell' : 'buy'
    return bidOf(unit, side, season, periods, limits.get(unit) as readonly number[], diceOf(seed, subject))
  }
  return {
    seed,
    limits,
    bids: [...limits.keys()].filter((unit) => unit !== LATE).map((unit) => bid(unit, unit)),
    replacements: REPLACES.map((unit) => bid(unit, `${unit} again`)),
    cancels: CANCELS,
    overLimit: onePeriod(OVER_LIMIT, bid(OVER_LIMIT, OVER_LIMIT), 20, limits),
    boundary: { unit: BOUNDARY, limitWh: allPeriods.map(() => 1000 * LOT_WH) },
    late: bid(LATE, LATE),
  }
}

/** One step in one period, a quarter above the limit. */
function onePeriod(unit: string, { side, prices }: Bid, period: number, limits: Limits): Bid {
  const limitLots = ((limits.get(unit) as readonly number[])[period - 1] as number) / LOT_WH
  const lots = Math.ceil((limitLots * 5) / 4)
  const price = (prices[0] as readonly number[])[period - 1] as number
  return { unit, side, periods: [period], prices: [[price]], volumesWh: [[lots * LOT_WH]] }
}
