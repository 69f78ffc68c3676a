import type { Refusal } from '@dujiang/chain'
import { s } from '@dujiang/core/codec'
import { recordedRefusals } from './refusals.ts'
import type { Published } from './tables.ts'

const { refuse } = recordedRefusals

const price = s.int(-1_000_000_000, 1_000_000_000, { zh: '公布价格', en: 'Published price', unit: '10⁻⁵/MWh' })

/** What was published for a period; what was not is left out. An exchange that published a price an area has no one price. */
export const publishedFields = s.object({
  price: s.optional(price),
  areaPrices: s.optional(
    s.list(
      s.object({ area: s.id({ zh: '区域', en: 'Area' }), price }),
      { min: 2, max: 100 },
      { zh: '各区域公布价格（各区价格不同时）', en: 'Published price of each area, where they differ' },
    ),
  ),
  volumeWh: s.optional(s.int(0, 100_000_000_000_000, { zh: '公布电量', en: 'Published volume', unit: 'Wh' })),
})

/** Why published figures contradict themselves. Refusals, in order: publishedBoth, publishedAreaTwice. */
export function publishedRefusal({ price: one, areaPrices = [] }: Published): Refusal | undefined {
  if (one !== undefined && areaPrices.length > 0) return refuse.publishedBoth()
  const listed = new Set<string>()
  for (const { area } of areaPrices) {
    if (listed.has(area)) return refuse.publishedAreaTwice({ area })
    listed.add(area)
  }
  return undefined
}
