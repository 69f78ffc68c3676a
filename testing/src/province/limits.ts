import { buyers } from './buyers.ts'
import { availabilityPermille, needPermille } from './hours.ts'
import { buyUnitOf, sellUnitOf } from './members.ts'
import { type Month, daysOf, seasonOf } from './months.ts'
import { type Plant, biddingPlants } from './plants.ts'
import { LOT_WH, PERIODS } from './rules.ts'

/** What each unit may bid (申报上限), Wh of each period over the whole month: what it can give or needs, less what is under contract. */
export type Limits = ReadonlyMap<string, readonly number[]>

/** Mean output of a plant, permille of its capacity. Invented. */
const meanOutputPermille = {
  dry: { storage: 340, 'run-of-river': 300, coal: 700 },
  wet: { storage: 860, 'run-of-river': 900, coal: 0 },
}
/** The part that is not under contract yet, permille. Invented. */
const openPermille = { dry: 310, wet: 210 }
/** Buyers' open needs in a wet month, permille of those in a dry one: the surplus session is a part of the market only. */
const wetNeedPermille = 880

/** The limits of a month's session; in a wet month only water is in surplus, and coal plants are not invited. */
export function limitsOf(month: Month): Limits {
  const season = seasonOf(month)
  const sellers = biddingPlants.filter(({ kind }) => meanOutputPermille[season][kind] > 0)
  return new Map([
    ...sellers.map((plant) => [sellUnitOf(plant.id), sellerLimit(plant, month)] as const),
    ...buyers.map(({ org, needMw, shape, openPermille: open }) => {
      const share = season === 'dry' ? open : (open * wetNeedPermille) / 1000
      return [
        buyUnitOf(org),
        eachHour((at) => (needMw * share * (needPermille[shape][at] as number)) / 1_000_000, month),
      ] as const
    }),
  ])
}

function sellerLimit({ capacityMw, kind }: Plant, month: Month): readonly number[] {
  const season = seasonOf(month)
  const meanMw = (capacityMw * meanOutputPermille[season][kind] * openPermille[season]) / 1_000_000
  return eachHour((at) => (meanMw * (availabilityPermille[season][kind][at] as number)) / 1000, month)
}

/** Whole lots: a power held for one hour of every day of the month. */
const eachHour = (powerMw: (at: number) => number, month: Month): readonly number[] =>
  Array.from({ length: PERIODS }, (_, at) => Math.floor(powerMw(at) * daysOf(month)) * LOT_WH)
