import type { Season } from './months.ts'

/** One invented number for each hour of the day, from 00:00-01:00 on. */
type Hours = readonly number[]

/**
 * Where the invented bids gather, yuan/MWh. The dry day dips at noon under the sun and peaks in the early evening; the
 * wet one is a surplus of water at any hour.
 */
export const gatheringPriceYuan: { readonly [S in Season]: Hours } = {
  dry: [
    358, 354, 350, 346, 348, 354, 364, 378, 394, 376, 348, 334, 326, 320, 318, 324, 336, 356, 372, 438, 378, 374, 370,
    366,
  ],
  wet: [84, 82, 80, 79, 79, 80, 83, 87, 90, 89, 86, 83, 81, 80, 81, 83, 86, 90, 95, 99, 98, 96, 92, 88],
}

/** What a plant can give in the hour, permille of its mean. */
export const availabilityPermille: {
  readonly [S in Season]: { readonly [K in 'storage' | 'run-of-river' | 'coal']: Hours }
} = {
  dry: {
    storage: [
      960, 900, 860, 840, 840, 860, 920, 1020, 1120, 1100, 1020, 960, 900, 880, 880, 900, 940, 1040, 1140, 1220, 1220,
      1180, 1100, 1000,
    ],
    'run-of-river': Array<number>(24).fill(1000),
    coal: [
      960, 940, 920, 920, 920, 940, 980, 1020, 1050, 1050, 1010, 980, 960, 950, 950, 960, 980, 1020, 1060, 1080, 1080,
      1060, 1020, 980,
    ],
  },
  wet: {
    storage: Array<number>(24).fill(1000),
    'run-of-river': Array<number>(24).fill(1000),
    coal: Array<number>(24).fill(0),
  },
}

/** What a buyer needs in the hour, permille of its mean. */
export const needPermille: { readonly [shape in 'flat' | 'day' | 'evening' | 'night']: Hours } = {
  flat: Array<number>(24).fill(1000),
  day: [
    780, 740, 720, 710, 710, 740, 860, 1020, 1160, 1220, 1220, 1180, 1100, 1120, 1160, 1160, 1140, 1120, 1120, 1100,
    1060, 1000, 920, 840,
  ],
  evening: [
    860, 800, 760, 740, 740, 760, 860, 980, 1040, 1040, 1000, 980, 960, 940, 940, 960, 1000, 1080, 1220, 1340, 1320,
    1240, 1120, 980,
  ],
  night: [
    1180, 1220, 1240, 1240, 1220, 1160, 1060, 960, 880, 860, 900, 960, 1000, 1000, 980, 960, 920, 860, 800, 780, 800,
    860, 980, 1080,
  ],
}
