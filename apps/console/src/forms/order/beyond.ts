import type { OrderPayload, explainOrder } from '@dujiang/market'
import type { Problem } from './marks.ts'

type Shape = ReturnType<typeof explainOrder>['shape'][number]

/** Every cell of a field beyond what an act can carry, where the shape names the first; a form makes no other mistake of shape. */
export function beyond({ periods, prices, volumesWh }: OrderPayload, { path, ...rule }: Shape): readonly Problem[] {
  if (rule.rule !== 'aboveMaximum' && rule.rule !== 'belowMinimum') throw new Error(`${path}: ${rule.rule}`)
  const { limit } = rule
  const isVolume = path.startsWith('/volumesWh/')
  return (isVolume ? volumesWh : prices).flatMap((row, step) =>
    row.flatMap((value, at): readonly Problem[] => {
      if (rule.rule === 'aboveMaximum' ? value <= limit : value >= limit) return []
      const facts = { period: periods[at] as number, step: step + 1, ...(isVolume ? { limitWh: limit } : { limit }) }
      return [{ name: isVolume ? 'volumeBeyond' : 'priceBeyond', facts, ...(isVolume ? volumeBeyond : priceBeyond) }]
    }),
  )
}

const priceBeyond = {
  zh: '时段{period}第{step}段价格超出账本可记的范围，界限为{limit}',
  en: 'Period {period}, step {step}: the price is beyond {limit}, as far as the ledger can record',
}
const volumeBeyond = {
  zh: '时段{period}第{step}段电量超出账本可记的范围，界限为{limitWh}',
  en: 'Period {period}, step {step}: the volume is beyond {limitWh}, as far as the ledger can record',
}
