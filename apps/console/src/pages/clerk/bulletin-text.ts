import type { Result, Session } from '@dujiang/market'
import { formatInstant } from '@dujiang/core/time'
import { formatEnergy, formatPrice, milliFenPerMwh, wh } from '@dujiang/core/units'

/** A text to begin from. It goes on record in Chinese, as bulletins do; every figure in it is the result's. */
export function bulletinText(id: string, session: Session, { volumeWh, averagePrice, orders, units }: Result): string {
  const { name, deliveryFrom, deliveryTo, gateMs } = session
  const gate = formatInstant(gateMs).slice(0, 19)
  const head = `${name}（场次 ${id}，交割期 ${deliveryFrom} 至 ${deliveryTo}）已于 ${gate} 闭市，共 ${units} 个交易单元、${orders} 笔有效申报参加出清。`
  if (averagePrice === undefined) return `${head}本场次未成交。`
  const volume = formatEnergy(wh(volumeWh), 'MWh', { locale: 'zh' })
  const price = formatPrice(milliFenPerMwh(averagePrice), '元/MWh', { locale: 'zh', digits: 2, rounding: 'halfUp' })
  return `${head}成交电量 ${volume}，加权均价 ${price}。结果已通过安全校核，现予公告；各时段出清价与成交电量见附表。`
}
