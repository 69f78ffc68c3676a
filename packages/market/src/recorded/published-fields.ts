import { s } from '@dujiang/core/codec'

/** What was published for a period; what was not is left out. */
export const publishedFields = s.object({
  price: s.optional(s.int(-1_000_000_000, 1_000_000_000, { zh: '公布价格', en: 'Published price', unit: '10⁻⁵/MWh' })),
  volumeWh: s.optional(s.int(0, 1_000_000_000_000_000, { zh: '公布电量', en: 'Published volume', unit: 'Wh' })),
})
